/** Notices about the content. */
import type { ContentScan } from './content.ts';

/**
 * The preset that was recognised, what it cannot know, and files that are no posts although one might think so.
 * @param hasPages whether the built pages are read too: then all is known
 */
export function contentNotices(
  { preset, leftOut, repeated, unknown }: Omit<ContentScan, 'posts' | 'problems' | 'matched'>,
  hasPages: boolean,
): string[] {
  const notices: string[] = [];
  if (preset?.recognised === true)
    notices.push(
      `Recognised as a site of ${preset.name}: its rules for addresses and titles apply (preset: 'none' turns them off).`,
    );
  if (!hasPages) notices.push(...unknownLines(leftOut.get('computed')?.length ?? 0, unknown));
  const untitled = leftOut.get('untitled');
  if (untitled !== undefined)
    notices.push(
      `${count(untitled.length)} left out that ${untitled.length === 1 ? 'has' : 'have'} neither front matter nor a heading, such as ${untitled[0]}.`,
    );
  if (repeated.size > 0) notices.push(repeatedNotice(repeated));
  return notices;
}

function repeatedNotice(repeated: ReadonlyMap<string, number>): string {
  const files = repeated.size === 1 ? '1 file has' : `${repeated.size} files have`;
  const named = [...repeated].slice(0, 3).map(([file, line]) => `${file}, line ${line}`);
  const more = repeated.size > 3 ? `; and ${repeated.size - 3} more` : '';
  return `${files} a field twice, of which the last one counts: ${named.join('; ')}${more}.`;
}

/** How many files have addresses that a program makes, why, and the cure. */
function unknownLines(computed: number, unknown: readonly string[]): string[] {
  if (computed === 0 && unknown.length === 0) return [];
  const cure = 'Name the built site in pages (--pages DIR) to read them from there.';
  const files = computed === 0 ? '' : `; ${count(computed)} left out`;
  const reasons = unknown.length === 0 ? ['a program makes the addresses'] : unknown;
  return reasons.map((reason) => `Not known before the build: ${reason}${files}. ${cure}`);
}

function count(files: number): string {
  return files === 1 ? '1 file is' : `${files} files are`;
}
