/** The document → the lines a person reads at the end. Pure. */
import { isAbsolute } from 'node:path';
import type { Colors } from './colors.ts';
import { count, formatBytes, formatDollars, formatMs, safe } from './format.ts';
import { verdictOf } from './document.ts';
import type { ImageLine, ReportDocument, RunVerdict } from './document.ts';
import { changedLines } from './changed.ts';
import { fileAddress } from './links.ts';
import type { Link } from './links.ts';
import { pageLines } from './pages.ts';
import type { Estimate } from '../plan/estimate.ts';
import { ADVICE } from '../plan/estimate.ts';

export interface SummaryOptions {
  colors: Colors;
  link: Link;
  /** Every changed page, and where networks are asked. */
  verbose: boolean;
  /** Where images are: an address or a folder as the user would write it. */
  store: string;
  /** The folder itself, or an address of S3. */
  storeAddress?: string;
  manifest: string | null;
  /** What the exit code says, too. */
  strict: boolean;
  /** False: the run ended early, by an error or an interruption, or left something undone that was asked for. */
  complete: boolean;
  interrupted: boolean;
}

const MARKS: Record<RunVerdict, (colors: Colors) => string> = {
  well: (colors) => colors.green('✔'),
  partly: (colors) => colors.yellow('■'),
  failed: (colors) => colors.red('✖'),
};

/** What was done and where it is. */
export function resultLines(document: ReportDocument, options: SummaryOptions): string[] {
  const { colors, link } = options;
  const linked = (text: string, path = text): string => {
    const address = isAbsolute(path) ? fileAddress(path) : null;
    const shown = colors.cyan(safe(text));
    return address === null ? shown : link(shown, address);
  };
  const { summary, problems } = document;
  const { created, updated, unchanged, orphaned, deleted, failed } = summary;
  const early = options.interrupted || created + updated + unchanged > 0 ? 'partly' : 'failed';
  const mark = MARKS[options.complete ? lookOf(document, options) : early](colors);
  const parts = [`${created} created`, `${updated} updated`, `${unchanged} unchanged`];
  if (orphaned > 0) parts.push(`${orphaned} orphaned`);
  if (deleted > 0) parts.push(`${deleted} deleted`);
  if (failed > 0) parts.push(colors.red(`${failed} failed`));
  if (problems.length > 0) parts.push(colors.red(count(problems.length, 'problem')));
  const made = created + updated;
  const speed = made > 0 ? ` · ${formatBytes(summary.bytes)} made` : '';
  const lines = [
    `${mark} ${colors.bold(count(summary.posts, 'post'))}: ${parts.join(', ')}${colors.dim(`${speed} · ${formatMs(summary.durationMs)}`)}`,
    `  images   ${linked(options.store, options.storeAddress)}`,
  ];
  if (options.manifest !== null) lines.push(`  manifest ${colors.cyan(safe(options.manifest))}`);
  if (document.pages !== null) lines.push(...pageLines(document.pages, { colors, dryRun: false }));
  lines.push(...changedLines(document.changed, options));
  if (orphaned > 0)
    lines.push(colors.dim('  Orphaned images stay until "og-sync prune" or "og-sync --prune".'));
  if (options.interrupted)
    lines.push(colors.yellow('  Interrupted. Run it again: only what is missing is made.'));
  return lines;
}

/** A run without a single post has not failed, but it is hardly what was meant. */
function lookOf(document: ReportDocument, options: { strict: boolean }): RunVerdict {
  const verdict = verdictOf(document, options);
  return verdict === 'well' && document.summary.posts === 0 ? 'partly' : verdict;
}

type Planned = 'created' | 'updated' | 'orphaned';

/** What would be done: a line an image, at most `most` of them, then the counts. */
export function planLines(
  document: ReportDocument,
  options: Pick<SummaryOptions, 'colors' | 'store'> & { most: number },
): string[] {
  const { colors } = options;
  const signs: Record<Planned, string> = {
    created: colors.green('+ create'),
    updated: colors.yellow('~ update'),
    orphaned: colors.dim('- orphan'),
  };
  const planned = document.images.filter(isPlanned);
  const left = share(document.summary, options.most);
  const lines = planned.flatMap(({ action, key, file }) => {
    left[action] -= 1;
    if (left[action] < 0) return [];
    return [`${signs[action]}  ${safe(key)}${file === null ? '' : colors.dim(`  ${safe(file)}`)}`];
  });
  if (planned.length > lines.length)
    lines.push(
      colors.dim(`… and ${count(planned.length - lines.length, 'more line')} (--verbose prints all)`),
    );
  const { created, updated, unchanged, orphaned } = document.summary;
  const look = lookOf(document, { strict: false });
  const mark = look === 'well' && created + updated > 0 ? colors.bold('→') : MARKS[look](colors);
  const counts = `${created} to create, ${updated} to update, ${unchanged} unchanged, ${orphaned} orphaned`;
  lines.push(`${mark} ${counts} in ${colors.cyan(safe(options.store))}`);
  if (document.pages !== null) lines.push(...pageLines(document.pages, { colors, dryRun: true }));
  return lines;
}

function isPlanned(image: ImageLine): image is ImageLine & { action: Planned } {
  return image.action === 'created' || image.action === 'updated' || image.action === 'orphaned';
}

/** How many lines of each action are printed: the rarest is shown whole where it can be. */
function share(counts: Record<Planned, number>, most: number): Record<Planned, number> {
  const shares = { created: 0, updated: 0, orphaned: 0 };
  const byCount = (Object.keys(shares) as Planned[]).sort((one, other) => counts[one] - counts[other]);
  let left = most;
  for (const [at, action] of byCount.entries()) {
    shares[action] = Math.min(counts[action], Math.floor(left / (byCount.length - at)));
    left -= shares[action];
  }
  return shares;
}

/** How long the images would take and what they would cost; `remote`: whether AWS makes them. */
export function estimateLine(estimate: Estimate, remote: boolean): string {
  const { seconds, dollars, limitedBy } = estimate;
  const cost = remote ? ` and costs ${formatDollars(dollars)} (list price)` : '';
  return `  It takes about ${formatMs(seconds * 1000)}${cost}. To make it faster: ${ADVICE[limitedBy]}.`;
}
