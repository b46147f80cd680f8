/** The document → the lines a person reads at the end. Pure. */
import type { Colors } from './colors.ts';
import { count, formatBytes, formatDollars, formatMs, safe } from './format.ts';
import type { ImageLine, ReportDocument } from './document.ts';
import type { Estimate } from '../plan/estimate.ts';
import { ADVICE } from '../plan/estimate.ts';

export interface SummaryOptions {
  colors: Colors;
  /** Where images are: an address or a folder as the user would write it. */
  store: string;
  manifest: string | null;
  /** False: the run ended early, by an error or an interruption. */
  complete: boolean;
  interrupted: boolean;
}

/** More than this of one kind is a list nobody reads; `--json` has them all. */
const SHOWN = 20;

function listed<T>(all: readonly T[], lines: (one: T) => string[]): string[] {
  const shown = all.slice(0, SHOWN).flatMap(lines);
  return all.length > SHOWN ? [...shown, `  … and ${all.length - SHOWN} more (--json lists all)`] : shown;
}

function place(image: ImageLine): string {
  return safe(image.file ?? image.key);
}

/** A message that begins with its file says it twice in a list that does, too. */
function withoutFile(message: string, file: string): string {
  return message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message;
}

/** What went wrong, or should be looked at: problems, failed images, warnings, each with its file. */
export function troubleLines({ images, problems }: ReportDocument, colors: Colors): string[] {
  const failed = images.filter(({ action }) => action === 'failed');
  const warned = images.filter(({ warnings }) => warnings.length > 0);
  const lines: string[] = [];
  if (warned.length > 0)
    lines.push(
      colors.yellow(`▲ ${count(warned.length, 'image')} to look at`),
      ...listed(warned, (image) =>
        image.warnings.map(
          ({ code, message }) => `  ${place(image)}  ${colors.yellow(code)}  ${safe(message)}`,
        ),
      ),
    );
  if (problems.length > 0)
    lines.push(
      colors.red(`✖ ${count(problems.length, 'problem')} in the content`),
      ...listed(problems, ({ file, code, message }) => [
        `  ${safe(file)}  ${colors.red(code)}  ${safe(withoutFile(message, file))}`,
      ]),
    );
  if (failed.length > 0)
    lines.push(
      colors.red(`✖ ${count(failed.length, 'image')} failed`),
      ...listed(failed, (image) => [
        `  ${place(image)}  ${colors.red(image.error?.code ?? '')}  ${safe(image.error?.message ?? '')}`,
      ]),
    );
  return lines;
}

/** What was done and where it is. */
export function resultLines({ summary, problems }: ReportDocument, options: SummaryOptions): string[] {
  const { colors } = options;
  const { created, updated, unchanged, orphaned, deleted, failed } = summary;
  const bad = failed + problems.length > 0 || !options.complete;
  const mark = bad ? colors.yellow('■') : colors.green('✔');
  const parts = [`${created} created`, `${updated} updated`, `${unchanged} unchanged`];
  if (orphaned > 0) parts.push(`${orphaned} orphaned`);
  if (deleted > 0) parts.push(`${deleted} deleted`);
  if (failed > 0) parts.push(colors.red(`${failed} failed`));
  const made = created + updated;
  const speed = made > 0 ? ` · ${formatBytes(summary.bytes)} made` : '';
  const lines = [
    `${mark} ${colors.bold(count(summary.posts, 'post'))}: ${parts.join(', ')}${colors.dim(`${speed} · ${formatMs(summary.durationMs)}`)}`,
    `  images   ${colors.cyan(safe(options.store))}`,
  ];
  if (options.manifest !== null) lines.push(`  manifest ${colors.cyan(safe(options.manifest))}`);
  if (orphaned > 0)
    lines.push(colors.dim('  Orphaned images stay until "og-sync prune" or "og-sync --prune".'));
  if (options.interrupted)
    lines.push(colors.yellow('  Interrupted. Run it again: only what is missing is made.'));
  return lines;
}

/** What would be done, one line an image, then the counts. */
export function planLines(
  document: ReportDocument,
  options: Pick<SummaryOptions, 'colors' | 'store'>,
): string[] {
  const { colors } = options;
  const signs = {
    created: colors.green('+ create'),
    updated: colors.yellow('~ update'),
    orphaned: colors.dim('- orphan'),
  };
  const lines = document.images.flatMap(({ action, key, file }) => {
    if (action !== 'created' && action !== 'updated' && action !== 'orphaned') return [];
    return [`${signs[action]}  ${safe(key)}${file === null ? '' : colors.dim(`  ${safe(file)}`)}`];
  });
  const { created, updated, unchanged, orphaned } = document.summary;
  const nothing = created + updated === 0;
  lines.push(
    `${nothing ? colors.green('✔') : colors.bold('→')} ${created} to create, ${updated} to update, ${unchanged} unchanged, ${orphaned} orphaned in ${colors.cyan(safe(options.store))}`,
  );
  return lines;
}

/** How long the images would take and what they would cost; `remote`: whether AWS makes them. */
export function estimateLine(estimate: Estimate, remote: boolean): string {
  const { seconds, dollars, limitedBy } = estimate;
  const cost = remote ? ` and costs ${formatDollars(dollars)} (list price)` : '';
  return `  It takes about ${formatMs(seconds * 1000)}${cost}. To make it faster: ${ADVICE[limitedBy]}.`;
}
