/** `plan --html` and `plan --markdown`: what would change is drawn here, compared, and written into files. */
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeWhole } from '../../../function/disk/whole.ts';
import { packageFile } from '../../../function/fonts/packages.ts';
import type { Description } from '../../../function/contract.ts';
import { comparePictures } from '../../compare/compare.ts';
import type { Comparison } from '../../compare/compare.ts';
import type { ComparedCard } from '../../compare/compared.ts';
import { createRedactor } from '../../config/secrets.ts';
import { CliError } from '../../errors.ts';
import type { Parts, PlannedRun } from '../../plan-run.ts';
import type { ComparisonReport } from '../../report/comparison/comparison.ts';
import { comparisonPage } from '../../report/comparison/page.ts';
import { PICTURE_PREFIX, comparisonSummary } from '../../report/comparison/summary.ts';
import type { ReportDocument } from '../../report/document.ts';
import { count } from '../../report/format.ts';
import { localDispatch, openTemplates } from '../../wiring.ts';
import type { Session, Shell } from '../shell.ts';
import type { ComparisonFiles } from './comparison-files.ts';

/**
 * The parts for a plan that is to be drawn here: templates are those of this machine, as if the function had them already.
 * `notices` says which of the function's differ.
 */
export async function withOwnTemplates(
  parts: Parts,
  { settings }: Shell,
): Promise<{ parts: Parts; names: ReadonlySet<string>; notices: string[] }> {
  const { config, dispatch } = parts;
  const { all, described } = await openTemplates(config, settings);
  const names = new Set(all.keys());
  if (config.function === null) return { parts, names, notices: [] };
  const { templates: own, fonts } = described;
  const theirs = await dispatch.describe();
  const description: Description = { ...theirs, templates: { ...theirs.templates, ...own }, fonts };
  const differ = [...names].filter((name) => theirs.templates[name]?.digest !== own[name]?.digest).sort();
  const notice = `Drawn with the templates of this machine. The function does not have these, or has others: ${differ.join(', ')}. Deploy it to make the images below.`;
  return {
    parts: { ...parts, dispatch: { ...dispatch, describe: () => Promise.resolve(description) } },
    names,
    notices: differ.length === 0 ? [] : [notice],
  };
}

/** Draws and compares. The store is read and not written. */
export async function compareHere(
  { parts, run }: Pick<Session, 'parts' | 'run'>,
  { settings }: Shell,
  { planned, names }: { planned: PlannedRun; names: ReadonlySet<string> },
): Promise<Comparison> {
  const { config } = parts;
  return comparePictures({
    ...planned,
    ...run,
    inventory: planned.reading.inventory,
    hasTemplate: (name) => names.has(name),
    draw: (store) => localDispatch(config, settings, { store, log: () => {} }),
  });
}

/** What a reader should know of the comparison itself. */
export function noticesOf({ undrawn }: Comparison, notices: readonly string[]): string[] {
  if (undrawn === 0) return [...notices];
  return [
    ...notices,
    `${count(undrawn, 'card is', 'cards are')} not drawn: the template is with the function alone.`,
  ];
}

/** Writes each file whole, pictures first. Throws CliError `unwritable`. */
export async function writeComparison(
  { settings }: Shell,
  files: ComparisonFiles,
  report: ComparisonReport,
): Promise<void> {
  const redact = createRedactor(settings.environment);
  const document = JSON.parse(redact(JSON.stringify(report.document))) as ReportDocument;
  const withoutSecrets = (card: ComparedCard): ComparedCard => ({
    ...card,
    alt: redact(card.alt),
    note: card.note === null ? null : redact(card.note),
    warnings: card.warnings.map((warning) => ({ ...warning, message: redact(warning.message) })),
  });
  const templates = report.templates.map((template) => ({
    ...template,
    changed: template.changed.map(withoutSecrets),
    created: template.created.map(withoutSecrets),
  }));
  const shown = { ...report, document, templates, notices: report.notices.map(redact) };
  if (files.html !== null) {
    const font = await readFile(packageFile('inter-ui', 'variable-latin/InterVariable-subset.woff2'));
    await write(files.html, comparisonPage(shown, font));
  }
  if (files.markdown !== null) {
    const { text, pictures } = comparisonSummary(shown, files.picturesUrl);
    const folder = picturesFolder(files.markdown);
    if (files.picturesUrl !== null) await removeOlder(folder);
    for (const { name, bytes } of pictures) await write(resolve(folder, name), bytes);
    await write(files.markdown, text);
  }
}

/** Beside the Markdown: `plan.md` has `plan-pictures/`. */
function picturesFolder(markdown: string): string {
  return `${markdown.replace(/\.[^./\\]{1,20}$/, '')}-pictures`;
}

/** What an earlier comparison left there, and nothing else. */
async function removeOlder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(PICTURE_PREFIX) && name.endsWith('.webp'))
      await rm(join(folder, name), { force: true });
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, content);
  } catch (cause) {
    throw new CliError(
      'unwritable',
      `The comparison cannot be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Check the rights of the folder, or name another file.',
      { cause },
    );
  }
}
