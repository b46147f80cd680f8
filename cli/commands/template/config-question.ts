/** The configuration line of a new folder of templates: written where somebody agrees, else said. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { configLine, newConfig, withTemplates } from './config-edit.ts';
import type { NewFlags } from './flags.ts';

export interface NamedLine {
  /** The configuration's name. */
  file: string;
  /** What belongs into it. */
  line: string;
  action: 'by hand' | 'created' | 'changed';
}

interface Wanted {
  /** The configuration; null: there is none. */
  path: string | null;
  /** As it is written there. */
  folder: string;
}

/** Asks on a terminal and nowhere else. Throws `CliError` `unwritable`. */
export async function nameConfigLine(shell: Shell<NewFlags>, { path, folder }: Wanted): Promise<NamedLine> {
  const { flags, settings, stdin, stderr, cwd, signal } = shell;
  const file = path === null ? 'og.config.ts' : basename(path);
  const line = path === null ? newConfig(folder).trimEnd() : configLine(file, folder);
  const byHand: NamedLine = { file, line, action: 'by hand' };
  if (flags.json === true || flags.quiet === true || settings.ci || !stdin.isTTY) return byHand;
  const before = path === null ? null : await readFile(path, 'utf8');
  const text = before === null ? newConfig(folder) : withTemplates(file, before, folder);
  if (text === null) return byHand;
  const [{ agreed, Cancelled }, { writeAll }] = await Promise.all([
    import('../init/questions.ts'),
    import('../init/write.ts'),
  ]);
  const colors = shellColors(shell, 'stderr');
  const terminal = { input: stdin, output: stderr, signal, colors };
  const shown = line.split('\n').map((added) => colors.green(`+ ${added}`));
  const message = before === null ? `Write ${file}?` : `Change ${file}?`;
  try {
    const question = { message, initialValue: true };
    if (!(await agreed({ title: file, text: shown.join('\n') }, question, terminal))) return byHand;
  } catch (error) {
    if (error instanceof Cancelled) return byHand;
    throw error;
  }
  await writeAll(path === null ? cwd : dirname(path), [{ file, text, before }]);
  return { file, line, action: before === null ? 'created' : 'changed' };
}
