/** The pages of the built site → the lines a person reads. Pure. */
import type { Colors } from './colors.ts';
import type { PagesSummary } from './documents.ts';
import { count, safe } from './format.ts';

const REASONS: Readonly<Record<string, [one: string, many: string]>> = {
  off: ['says og-sync: off', 'say og-sync: off'],
  noindex: ['noindex', 'noindex'],
  redirect: ['redirect', 'redirects'],
  not_found: ['error page', 'error pages'],
  own_image: ['keeps its own image', 'keep their own image'],
  copy: ['copy of another page', 'copies of other pages'],
  untitled: ['without a title', 'without a title'],
};

/** Examples of posts without a page. */
const SHOWN = 3;

export function pageLines(pages: PagesSummary, options: { colors: Colors; dryRun: boolean }): string[] {
  const { colors, dryRun } = options;
  const parts: string[] = [];
  if (pages.written !== null)
    parts.push(
      `tags ${dryRun ? 'to write' : 'written'} into ${pages.written}, unchanged in ${pages.unchanged}`,
    );
  const leftOut = Object.entries(pages.leftOut).map(
    ([reason, number]) => `${number} ${REASONS[reason]?.[number === 1 ? 0 : 1] ?? reason}`,
  );
  if (leftOut.length > 0) parts.push(`no card for ${leftOut.join(', ')}`);
  const lines = [`  pages    ${count(pages.read, 'page')}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`];
  const { withoutPage } = pages;
  if (withoutPage.length > 0) {
    const more = withoutPage.length > SHOWN ? ` and ${withoutPage.length - SHOWN} more` : '';
    const named = `${withoutPage.slice(0, SHOWN).map(safe).join(', ')}${more}`;
    lines.push(colors.yellow(`  ${count(withoutPage.length, 'post')} without a page: ${named}`));
  }
  return lines;
}
