/** What a real shell offers for a line, with the completion of og-sync loaded. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { folderWith } from './files.ts';
import { onTerminal } from './terminal.ts';

export type ShellName = 'bash' | 'zsh' | 'fish';

export interface Line {
  cwd: string;
  /** The words up to the one that is being completed, which may be empty. */
  words: readonly string[];
  /** A word that must be offered: a terminal is read until it shows. */
  awaited: string;
}

/** All that the shell shows for the line. */
export async function offered(shell: ShellName, script: string, line: Line): Promise<string> {
  const file = `${await folderWith({ script })}/script`;
  const { cwd, words } = line;
  if (shell === 'zsh') return offeredByZsh(file, line);
  const args = shell === 'bash' ? bashArgs(file, words) : ['--no-config', '-c', fishCommand(file, words)];
  const { stdout } = await promisify(execFile)(shell, args, { cwd });
  return stdout;
}

/** Without an interactive line, readline's own splitting at "=" is done here. */
function bashArgs(file: string, words: readonly string[]): string[] {
  const split = words.flatMap((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word] : [word.slice(0, at), '=', word.slice(at + 1)].filter((part) => part !== '');
  });
  const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _og_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return ['--norc', '-c', program, file, ...split];
}

function fishCommand(file: string, words: readonly string[]): string {
  return `source ${file}; complete -C "${words.join(' ')}"`;
}

/** Typed by hand; Ctrl-D lists what there is. */
async function offeredByZsh(file: string, { cwd, words, awaited }: Line): Promise<string> {
  // The command itself is shown, too, and must not look like the prompt.
  const ready = `PS1='REA''DY> '; LISTMAX=1000; autoload -U compinit; compinit -u -D; source ${file}\r`;
  const { text, missed } = await onTerminal(['/usr/bin/env', 'zsh', '-f', '-i'], {
    cwd,
    columns: 200,
    steps: [
      [' \r', ready],
      ['READY> ', `${words.join(' ')}\u0004`],
      [awaited, '\u0015exit\r'],
    ],
  });
  if (missed !== null) throw new Error(`zsh never showed ${JSON.stringify(missed)}:\n${text}`);
  return text.slice(text.indexOf('READY> '));
}
