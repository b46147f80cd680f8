/** `og-sync completion <shell>` */
import { Command } from 'commander';
import type { Shell } from '../shell.ts';
import { DEFAULT_VERB, VERBS } from '../verbs.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { SHELLS } from './flags.ts';
import { grammarOf } from './grammar.ts';
import type { Grammar } from './grammar.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS: Record<(typeof SHELLS)[number], (grammar: Grammar) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints the script. Resolves to the exit code. */
export async function completionCommand({ flags, stdout }: Shell): Promise<number> {
  const [shell] = flags.operands ?? [];
  const program = new Command();
  const commands = VERBS.map((verb) => verb.addTo(program, () => undefined));
  const grammar = grammarOf(commands, DEFAULT_VERB.name);
  // Which shells there are the flags have checked.
  stdout.write(SCRIPTS[shell as keyof typeof SCRIPTS](grammar));
  return 0;
}
