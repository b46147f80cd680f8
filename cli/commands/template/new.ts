/** `og-sync template new` */
import { basename, join, relative, resolve, sep } from 'node:path';
import { VERSION } from '../../../function/package.ts';
import { newNameProblem } from '../../../function/templates/name.ts';
import { SHIPPED_TEMPLATES } from '../../../function/templates/templates.ts';
import { configIn } from '../../config/config.ts';
import { CliError } from '../../errors.ts';
import { lineWriter } from '../../report/wrap.ts';
import { shownPath } from '../../config/paths.ts';
import { configureServer, shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { nameConfigLine } from './config-question.ts';
import { copyTemplate } from './copy.ts';
import type { NewFlags } from './flags.ts';
import { placeOf, templatesIn } from './place.ts';
import { createdLines } from './created.ts';
import type { Created } from './created.ts';

/** What a new template starts as: one with comments, beside ours. */
const STARTER = join(SHIPPED_TEMPLATES, '_starter');

/** Makes the folder. Resolves to the exit code; throws `CliError`. Nothing is written before everything is known to be possible. */
export async function newCommand(shell: Shell<NewFlags>): Promise<number> {
  const { flags, cwd, settings, stdout } = shell;
  const [name = ''] = flags.operands ?? [];
  refuseName(name);
  const config = await configureServer(shell);
  const place = await placeOf(config);
  const from = await sourceOf(flags.from, place.folder);
  const target = join(place.folder, name);
  const files = await copyTemplate(from, target, shownPath(target, cwd));
  const path = flags.config === undefined ? configIn(cwd) : resolve(cwd, flags.config);
  const written = relative(config.root, place.folder).split(sep).join('/');
  const named = place.isConfigured ? null : await nameConfigLine(shell, { path, folder: written });
  const created: Created = {
    name,
    from: flags.from ?? null,
    folder: shownPath(target, cwd),
    files,
    config: named,
    configFile: path === null ? 'og.config.ts' : basename(path),
    takesPlace: (await templatesIn(SHIPPED_TEMPLATES)).has(name),
    hasFunction: config.named.has('function') || settings.functionUrl !== undefined,
  };
  if (flags.json === true) {
    const { takesPlace: _takesPlace, hasFunction: _hasFunction, configFile: _configFile, ...shown } = created;
    stdout.write(`${JSON.stringify({ version: VERSION, ...shown })}\n`);
  } else if (flags.quiet !== true)
    for (const line of createdLines(created, shellColors(shell, 'stdout'))) lineWriter(stdout)(line);
  return 0;
}

function refuseName(name: string): void {
  const problem = newNameProblem(name);
  if (problem === null) return;
  const near = nearName(name);
  throw new CliError(
    'usage',
    `${JSON.stringify(name)} cannot be a template: its name ${problem}.`,
    near === null ? 'Choose another name.' : `Choose another name, such as ${near}.`,
  );
}

/** The same name as it may be written; null where nothing is left of it. */
function nearName(name: string): string | null {
  const near = name
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 64);
  return newNameProblem(near) === null ? near : null;
}

/** The folder to copy: of ours or of the user's. */
async function sourceOf(from: string | undefined, own: string): Promise<string> {
  if (from === undefined) return STARTER;
  const known = new Map([...(await templatesIn(SHIPPED_TEMPLATES)), ...(await templatesIn(own))]);
  const folder = known.get(from);
  if (folder !== undefined) return folder;
  throw new CliError(
    'unknown_template',
    `--from: there is no template ${JSON.stringify(from)}.`,
    `It may be one of ${[...known.keys()].sort().join(', ')}.`,
  );
}
