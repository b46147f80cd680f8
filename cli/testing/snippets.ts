/** What a page of the docs tells its reader to do: its fenced blocks and pictures, in their order. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../function/package.ts';

export interface Snippet {
  kind: 'snippet';
  /** As the fence says it. */
  language: string;
  /** The file that the fence names, in the reader's blog: `css templates/a/card.css`. */
  file: string | null;
  /** Whether the fence ends with "+": the text is added to the file. */
  isAdded: boolean;
  text: string;
  /** Of the fence, from 1. */
  line: number;
}

export interface Shown {
  kind: 'picture';
  /** Below docs/images/. */
  name: string;
  line: number;
}

const FENCE = /^```(?<language>\w*) ?(?<file>[^ \n]*)(?<added> \+)?\n(?<text>[^]*?)^```$/gm;
const PICTURE = /^!\[[^\]]+\]\(images\/(?<name>[\w.-]+)\)$/gm;

export async function readPage(page: string): Promise<(Snippet | Shown)[]> {
  const source = await readFile(join(PACKAGE_ROOT, page), 'utf8');
  const lineOf = (index: number): number => source.slice(0, index).split('\n').length;
  const snippets = [...source.matchAll(FENCE)].map(({ index, groups = {} }): Snippet => {
    const { language = '', file = '', added, text = '' } = groups;
    return {
      kind: 'snippet',
      language,
      file: file === '' ? null : file,
      isAdded: added !== undefined,
      text,
      line: lineOf(index),
    };
  });
  const pictures = [...source.matchAll(PICTURE)].map(({ index, groups }): Shown => ({
    kind: 'picture',
    name: groups?.['name'] ?? '',
    line: lineOf(index),
  }));
  return [...snippets, ...pictures].sort((a, b) => a.line - b.line);
}
