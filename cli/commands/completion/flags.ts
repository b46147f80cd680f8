/** The flags of `og-sync completion`. */
import { Argument } from 'commander';
import { defineVerb } from '../verb.ts';
import type { CommonFlags } from '../verb.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionVerb = defineVerb<CommonFlags>('completion', {
  declare: (command) =>
    command
      .description('print what makes a shell complete verbs, flags and their values')
      .addArgument(new Argument('<shell>', 'the shell that reads it').choices(SHELLS))
      .addHelpText(
        'after',
        `
For good:
  bash  echo 'source <(og-sync completion bash)' >> ~/.bashrc
  zsh   echo 'source <(og-sync completion zsh)' >> ~/.zshrc   (after compinit)
  fish  og-sync completion fish > ~/.config/fish/completions/og-sync.fish
Where og-sync is installed in a project alone: alias og-sync='npx og-sync'`,
      ),
  load: async () => (await import('./completion.ts')).completionCommand,
});
