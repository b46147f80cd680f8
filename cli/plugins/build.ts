/** What every plugin does after a build: a card of each page into the site, its tags into the page, a word in the generator's log. */
import { join } from 'node:path';
import { runSync } from '../api/run.ts';
import { CliError, exitCodeOf } from '../errors.ts';
import { verdictOf } from '../report/document.ts';
import type { ReportDocument } from '../report/documents.ts';
import { OgError } from '../../function/errors.ts';
import { configOptions } from './config.ts';
import type { Pages, PluginLogger, PluginOptions, Project } from './options.ts';

/** With `strict`: what would have been logged. */
class StrictError extends OgError<'strict'> {}

/**
 * Runs `sync` for a built site.
 * @throws CliError when the configuration is wrong; with `strict` whatever kept a card from being made.
 */
export async function buildCards(
  options: PluginOptions,
  project: Project,
  pages: Pages,
  logger: PluginLogger,
): Promise<void> {
  const { strict = false, cache = join(project.root, 'node_modules/.cache/og-sync') } = options;
  const { overrides, ...config } = configOptions(options, project);
  try {
    const report = await runSync({
      ...config,
      overrides: { ...overrides, pages: project.outDir },
      ...pages,
      cache,
      onEvent: (event) => {
        if (event.type === 'notice') logger.warn(event.message);
      },
    });
    tell(report, logger);
    if (strict && verdictOf(report, { strict }) !== 'well')
      throw new StrictError('strict', 'Some cards failed or have warnings.', 'They are named above.');
  } catch (error) {
    if (error instanceof CliError && error.code === 'no_posts') logger.warn(error.message);
    else if (strict || exitCodeOf(error) === 2 || !(error instanceof OgError))
      throw explained(error, project);
    else logger.error(`${error.message} ${error.hint}`);
  }
}

/** Generators print the message alone. */
function explained(error: unknown, { url, where }: Project): unknown {
  if (!(error instanceof CliError)) return error;
  const hint =
    error.code === 'usage' && url === null ? `Set ${where}, or site.url in og.config.ts.` : error.hint;
  return new CliError(error.code, `${error.message}\n${hint}`, hint, { cause: error });
}

/** Lines about single cards, at most. */
const MOST = 10;

function tell({ summary, images, problems, pages }: ReportDocument, logger: PluginLogger): void {
  const { created, updated, unchanged, failed } = summary;
  const made = created + updated;
  const written = pages?.written ?? 0;
  logger.info(
    `${made + unchanged} cards: ${made} made, ${unchanged} unchanged; tags written into ${written} pages.`,
  );
  const lines = [
    ...problems.map(({ message }) => message),
    ...images.flatMap(({ file, key, error, warnings }) => [
      ...(error === null ? [] : [`${file ?? key}: no card: ${error.message}`]),
      ...warnings.map(({ message }) => `${file ?? key}: ${message}`),
    ]),
  ];
  for (const line of lines.slice(0, MOST)) logger.warn(line);
  if (lines.length > MOST) logger.warn(`… and ${lines.length - MOST} more.`);
  if (failed > 0)
    logger.error(`${failed} ${failed === 1 ? 'card' : 'cards'} failed: their pages name no image.`);
}
