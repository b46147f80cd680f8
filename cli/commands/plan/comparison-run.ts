/** `plan --html` and `plan --markdown`: what would change is drawn here, compared, and written into files. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeWhole } from '../../../function/disk/whole.ts';
import { packageFile } from '../../../function/fonts/shipped.ts';
import type { Description } from '../../../function/contract.ts';
import { comparePictures } from '../../compare/compare.ts';
import type { ComparedTemplate } from '../../compare/compared.ts';
import { createRedactor } from '../../config/secrets.ts';
import { CliError } from '../../errors.ts';
import type { Parts, PlannedRun } from '../../plan-run.ts';
import type { ComparisonReport } from '../../report/comparison/comparison.ts';
import { comparisonPage } from '../../report/comparison/page.ts';
import { comparisonSummary } from '../../report/comparison/summary.ts';
import type { ReportDocument } from '../../report/document.ts';
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
): Promise<{ parts: Parts; notices: string[] }> {
  const { config, dispatch } = parts;
  if (config.function === null) return { parts, notices: [] };
  const { all } = await openTemplates(config, settings);
  const templates = Object.fromEntries([...all].map(([name, { digest }]) => [name, { digest }]));
  const description = { ...(await dispatch.describe()), templates };
  const theirs = (await dispatch.describe()).templates;
  const differ = Object.keys({ ...theirs, ...templates }).filter(
    (name) => theirs[name]?.digest !== templates[name]?.digest,
  );
  return {
    parts: { ...parts, dispatch: { ...dispatch, describe: async (): Promise<Description> => description } },
    notices:
      differ.length === 0
        ? []
        : [
            `Drawn with the templates of this machine. The function has others under these names: ${differ.sort().join(', ')}. Deploy it to make the images below.`,
          ],
  };
}

/** Draws and compares. The store is read and not written. */
export async function compareHere(
  { parts, run }: Pick<Session, 'parts' | 'run'>,
  { settings }: Shell,
  planned: PlannedRun,
): Promise<ComparedTemplate[]> {
  const { config } = parts;
  return comparePictures({
    ...planned,
    ...run,
    inventory: planned.reading.inventory,
    draw: (store) => localDispatch(config, settings, { store, log: () => {} }),
  });
}

/** Writes each file whole, pictures first. Throws CliError `unwritable`. */
export async function writeComparison(
  { settings }: Shell,
  files: ComparisonFiles,
  report: ComparisonReport,
): Promise<void> {
  const redact = createRedactor(settings.environment);
  const document = JSON.parse(redact(JSON.stringify(report.document))) as ReportDocument;
  const shown = { ...report, document, notices: report.notices.map(redact) };
  if (files.html !== null) {
    const font = await readFile(packageFile('inter-ui', 'variable-latin/InterVariable-subset.woff2'));
    await write(files.html, comparisonPage(shown, font));
  }
  if (files.markdown !== null) {
    const { text, pictures } = comparisonSummary(shown, files.picturesUrl);
    const folder = picturesFolder(files.markdown);
    if (files.picturesUrl !== null) await rm(folder, { recursive: true, force: true });
    for (const { name, bytes } of pictures) await write(resolve(folder, name), bytes);
    await write(files.markdown, text);
  }
}

/** Beside the Markdown: `plan.md` has `plan-pictures/`. */
function picturesFolder(markdown: string): string {
  return `${markdown.replace(/\.[^./\\]{1,20}$/, '')}-pictures`;
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
