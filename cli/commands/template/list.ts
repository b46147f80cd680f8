/** `og-sync template list` */
import { VERSION } from '../../../function/package.ts';
import type { Template } from '../../../function/templates/templates.ts';
import { formatBytes, safe } from '../../report/format.ts';
import { shownPath } from '../../config/paths.ts';
import { openTemplates } from '../../wiring.ts';
import { configureServer, shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { tableLines } from './table.ts';
import { isOwn } from './choose.ts';

/** Prints all templates. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function listCommand(shell: Shell): Promise<number> {
  const { flags, settings, cwd, stdout } = shell;
  const config = await configureServer(shell);
  const { all } = await openTemplates(config, settings);
  const templates = await Promise.all([...all.values()].map(rowOf));
  templates.sort((a, b) => Number(b.own) - Number(a.own) || (a.name < b.name ? -1 : 1));
  if (flags.json === true) {
    stdout.write(`${JSON.stringify({ version: VERSION, templates })}\n`);
    return 0;
  }
  if (flags.quiet === true) return 0;
  const colors = shellColors(shell, 'stdout');
  const rows = templates.map(({ name, own, folder, bytes, fonts }) => [
    name,
    own ? safe(shownPath(folder, cwd)) : 'og-sync',
    formatBytes(bytes),
    fonts === null ? 'cannot be read' : safe(fonts.join(', ')),
  ]);
  const heads = ['template', 'from', '>size', 'fonts'];
  for (const line of tableLines(heads, rows, colors)) stdout.write(`${line}\n`);
  return 0;
}

/** A template that cannot be read is listed all the same; `template check` says why. */
async function rowOf(template: Template) {
  const { name, folder, digest, bytes } = template;
  const fonts = await template.families().catch(() => null);
  return { name, own: isOwn(template), folder, digest, bytes, fonts };
}
