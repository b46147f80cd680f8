/** The configuration: found where, sound or not; the generator, and what is there to read. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { configIn } from '../../../config/config.ts';
import type { Config } from '../../../config/config.ts';
import { count } from '../../../report/format.ts';
import { failed, failure, ok, warning } from '../check.ts';
import type { Check, Fact } from '../check.ts';

export const config: Check = {
  name: 'config',
  title: 'Configuration',
  timeoutMs: 30_000,
  async look({ cwd, configFile, config: read }) {
    let found: Config;
    try {
      found = await read();
    } catch (error) {
      return [failed(error)];
    }
    const file = configFile === undefined ? configIn(cwd) : resolve(cwd, configFile);
    const where = file ?? `None in ${cwd}: defaults, variables and flags count`;
    return [ok(file === null ? `${where}.` : `${where} is sound.`), ...(await sourceFacts(found))];
  },
};

async function sourceFacts(found: Config): Promise<Fact[]> {
  const facts: Fact[] = [];
  const isRead = found.content === null || found.content.length > 0;
  if (isRead) facts.push(await contentFact(found));
  if (found.pages !== null) facts.push(pagesFact(found.pages));
  return facts;
}

async function contentFact(found: Config): Promise<Fact> {
  const [{ contentGlobs }, { matchFiles }, { choosePreset }, { openProject }] = await Promise.all([
    import('../../../scan/content.ts'),
    import('../../../scan/markdown/files.ts'),
    import('../../../scan/presets/choose.ts'),
    import('../../../scan/presets/reading/project.ts'),
  ]);
  const preset = choosePreset(found.preset, openProject(found.root));
  const generator =
    preset === null
      ? 'No generator is recognised, so general rules count'
      : `The generator is ${preset.name} (${found.preset === null ? 'recognised' : 'named'})`;
  const globs = contentGlobs(found);
  const files = await matchFiles(found.root, globs);
  const content = globs.filter((glob) => !glob.startsWith('!')).join(', ');
  if (files.length > 0) return ok(`${generator}; ${count(files.length, 'file')} in ${content}.`);
  return failure(
    `${generator}; there is no file in ${content || found.root}.`,
    'Set content in og.config.ts (or --content) to where the markdown is, or read the built site with --pages DIR.',
  );
}

function pagesFact(pages: string): Fact {
  if (existsSync(pages)) return ok(`The built site is in ${pages}.`);
  return warning(
    `There is no built site at ${pages}.`,
    'Build the site before og-sync runs, or correct pages (--pages).',
  );
}
