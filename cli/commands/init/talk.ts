/** `init` on a terminal: asks, shows each file, and takes what is agreed to. */
import { cancel, intro, outro } from '@clack/prompts';
import type { Project } from '../../scan/presets/types.ts';
import type { PresetName } from '../../config/preset-names.ts';
import { shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { answersOf } from './answers.ts';
import type { InitFlags } from './flags.ts';
import { propose } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { agreed, askAnswers, askGenerator, Cancelled } from './questions.ts';
import type { Terminal } from './questions.ts';
import { editLines } from './show.ts';
import { knownSite } from './site.ts';
import type { NewText } from './write.ts';

export interface TalkOptions {
  shell: Shell<InitFlags>;
  project: Project;
  /** As a flag names it; undefined: it does not. */
  preset: PresetName | null | undefined;
  /** The name of a configuration that is here already. */
  existing: string | null;
  isInstalled: boolean;
}

/** What was agreed to; null when the questions were left. */
export async function talk(options: TalkOptions): Promise<{ proposal: Proposal; texts: NewText[] } | null> {
  const { shell, project, preset, isInstalled } = options;
  const { flags, cwd, stdin, stderr, signal } = shell;
  const terminal: Terminal = { input: stdin, output: stderr, signal, colors: shellColors(shell, 'stderr') };
  intro('og-sync init', terminal);
  try {
    const recognised = knownSite(project, preset).generator?.name ?? null;
    const generator = preset === undefined ? await askGenerator(recognised, terminal) : preset;
    const site = knownSite(project, generator);
    const answers = await askAnswers(
      site,
      answersOf({ siteUrl: site.facts.url ?? '', ...flags }, site, cwd),
      terminal,
    );
    const proposal = propose(project, site, answers, { isInstalled });
    const texts = await askFiles(proposal, options, terminal);
    outro(texts.length === 0 || flags.dryRun === true ? 'Nothing is written.' : 'Done.', terminal);
    return { proposal, texts };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    cancel('Nothing was written.', terminal);
    return null;
  }
}

async function askFiles(
  { config, edits }: Proposal,
  { existing, project }: TalkOptions,
  terminal: Terminal,
): Promise<NewText[]> {
  const texts: NewText[] = [];
  const question =
    existing === null
      ? { message: `Write ${config.file}?`, initialValue: true }
      : existing === config.file
        ? { message: `${existing} is here already. Replace it?`, initialValue: false }
        : {
            message: `${existing} is here already, and ${config.file} would be read instead. Write it?`,
            initialValue: false,
          };
  if (await agreed({ title: config.file, text: config.text.trimEnd() }, question, terminal))
    texts.push({ ...config, before: project.text(config.file) });
  for (const edit of edits) {
    const shown = { title: edit.file, text: editLines(edit, terminal.colors).join('\n') };
    if (await agreed(shown, { message: `Change ${edit.file}?`, initialValue: true }, terminal))
      texts.push(edit);
  }
  return texts;
}
