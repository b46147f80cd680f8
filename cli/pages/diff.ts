/** What changes in a page, as `diff -u` prints it. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { openView } from '../scan/pages/view.ts';
import type { PageChange } from './inject.ts';

/** Both sides are decoded as the page's own encoding says. */
export function unifiedDiff({ file, before, after }: PageChange): string {
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, textOf(before()), textOf(after()), '', '', options);
}

function textOf(bytes: Buffer): string {
  const view = openView(bytes, true);
  return view.decode(0, view.text.length);
}
