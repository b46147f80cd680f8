/** What is worth a line of what the content told. */
import type { ContentScan } from './content.ts';

/** The preset that the folder told, what it cannot know, and files that are no posts although one might think so. */
export function contentNotices({
  preset,
  leftOut,
  unknown,
}: Omit<ContentScan, 'posts' | 'problems' | 'matched'>): string[] {
  const notices: string[] = [];
  if (preset?.recognised === true)
    notices.push(
      `Recognised as a site of ${preset.name}: its rules for addresses and titles apply (preset: 'none' turns them off).`,
    );
  const computed = leftOut.get('computed')?.length ?? 0;
  const files = computed === 0 ? '' : `; ${count(computed)} left out`;
  for (const line of unknown.length === 0 && computed > 0 ? ['addresses are made by program'] : unknown)
    notices.push(
      `Not known before the build: ${line}${files}. Name the built site in pages (--pages DIR) to read them from there.`,
    );
  const untitled = leftOut.get('untitled');
  if (untitled !== undefined)
    notices.push(
      `${count(untitled.length)} left out that ${untitled.length === 1 ? 'has' : 'have'} neither front matter nor a heading, such as ${untitled[0]}.`,
    );
  return notices;
}

function count(files: number): string {
  return files === 1 ? '1 file is' : `${files} files are`;
}
