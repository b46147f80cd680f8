/** `og-sync init`: looks, asks, shows, writes. */
import { basename } from 'node:path';
import { VERSION } from '../../../function/package.ts';
import { configIn } from '../../config/config.ts';
import { CliError } from '../../errors.ts';
import { openProject } from '../../scan/presets/reading/project.ts';
import type { Project } from '../../scan/presets/types.ts';
import { lineWriter } from '../../report/wrap.ts';
import { shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { answersOf, presetOf } from './answers.ts';
import type { InitFlags } from './flags.ts';
import { propose } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { handLines, nextLines, writtenLines } from './show.ts';
import { isInstalled, knownSite } from './site.ts';
import { writeAll } from './write.ts';
import type { NewText } from './write.ts';

const INTERRUPTED = 130;

/** What the user, or `--yes`, agreed to. */
interface Agreement {
  proposal: Proposal;
  texts: NewText[];
}

/** Resolves to the exit code; throws `CliError`. Nothing is written before everything is answered. */
export async function initCommand(shell: Shell<InitFlags>): Promise<number> {
  const { flags, cwd, stdout } = shell;
  const project = openProject(cwd);
  const agreement = await agree(shell, project);
  if (agreement === null) return INTERRUPTED;
  const { proposal, texts } = agreement;
  if (flags.dryRun !== true) await writeAll(cwd, texts);
  if (flags.json === true) {
    const files = texts.map(({ file, before }) => ({
      file,
      action: before === null ? 'created' : 'changed',
    }));
    const { line, head } = proposal;
    stdout.write(`${JSON.stringify({ version: VERSION, files, line, head })}\n`);
    return 0;
  }
  if (flags.quiet === true) return 0;
  const colors = shellColors(shell, 'stdout');
  const next = {
    isInstalled: isInstalled(cwd),
    hasPackage: project.text('package.json') !== null,
    after: proposal.head === null,
  };
  const write = lineWriter(stdout);
  for (const { line, isCode } of handLines(proposal, colors))
    if (isCode) stdout.write(`${line}\n`);
    else write(line);
  for (const line of texts.length === 0 ? [] : nextLines(next, colors)) write(line);
  return 0;
}

/** Null: the questions were left. */
async function agree(shell: Shell<InitFlags>, project: Project): Promise<Agreement | null> {
  const { flags, settings, cwd, stdin, stderr } = shell;
  const preset = presetOf(flags.preset);
  const installed = { isInstalled: isInstalled(cwd) };
  const config = configIn(cwd);
  const existing = config === null ? null : basename(config);
  if (flags.yes !== true) {
    if (settings.ci || !stdin.isTTY)
      throw new CliError(
        'usage',
        'There is no terminal to ask on.',
        'Add --yes to take what is recognised, with --site-url and what else the flags should say.',
      );
    const { talk } = await import('./talk.ts');
    return talk({ shell, project, preset, existing, ...installed });
  }
  if (existing !== null)
    throw new CliError(
      'usage',
      `There is a configuration already: ${existing}.`,
      'init changes none. Edit it, or take it away first.',
    );
  const site = knownSite(project, preset);
  const proposal = propose(project, site, answersOf(flags, site, cwd), installed);
  const texts = [proposal.config, ...proposal.edits];
  if (flags.json !== true && flags.quiet !== true) {
    const colors = shellColors(shell, 'stderr');
    for (const line of writtenLines(site, proposal, colors)) lineWriter(stderr)(line);
  }
  return { proposal, texts };
}
