/** What a run says in a review: its notes, in place, and its figures. */
import type { CheckDocument, ReportDocument } from '../documents.ts';
import type { PlacedNote } from './placed.ts';

export interface Figure {
  name: string;
  value: number;
  unit: 'count' | 'ms';
}

export interface Review {
  /** The verb that ran. */
  verb: string;
  /** The folder of the blog below the root of the repository; empty for the root itself. */
  folder: string;
  /** The most important first. */
  notes: readonly PlacedNote[];
  /** At most nine: Bitbucket shows ten, and one is the site. */
  figures: readonly Figure[];
  /** The address of the site, where it is known. */
  site: string | null;
}

export function titleOf({ verb, folder }: Pick<Review, 'verb' | 'folder'>): string {
  return folder === '' ? `og-sync ${verb}` : `og-sync ${verb} (${folder})`;
}

export function figuresOfRun(
  { summary, problems }: ReportDocument,
  { dryRun }: { dryRun: boolean },
): Figure[] {
  const { posts, created, updated, unchanged, orphaned, deleted, failed, warnings, durationMs } = summary;
  const counts: [name: string, value: number][] = [
    ['Posts', posts],
    [dryRun ? 'To create' : 'Created', created],
    [dryRun ? 'To update' : 'Updated', updated],
    ['Unchanged', unchanged],
    deleted > 0 ? ['Deleted', deleted] : ['Orphaned', orphaned],
    ...(dryRun ? [] : [['Failed', failed] satisfies [string, number]]),
    ['Problems', problems.length],
    ['Warnings', warnings],
  ];
  return timed(counts, durationMs);
}

export function figuresOfCheck({ summary }: CheckDocument): Figure[] {
  const { pages, errors, warnings, durationMs } = summary;
  return timed(
    [
      ['Pages', pages],
      ['Errors', errors],
      ['Warnings', warnings],
    ],
    durationMs,
  );
}

function timed(counts: readonly [name: string, value: number][], durationMs: number): Figure[] {
  return [
    ...counts.map(([name, value]): Figure => ({ name, value, unit: 'count' })),
    { name: 'Duration', value: durationMs, unit: 'ms' },
  ];
}
