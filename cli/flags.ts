/** argv → a call of a verb. Knows what may be written, not what it does. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../function/package.ts';
import { nearest } from './config/errors.ts';
import type { VerbCall } from './commands/verb.ts';
import { DEFAULT_VERB, VERBS } from './commands/verbs.ts';

/** What argv asks for; or nothing more to do, with the exit code and what to print where. */
export type Request = VerbCall | { exitCode: 0 | 2; stdout: string; stderr: string };

const EXIT_CODES = `Exit codes: 0 all well; 1 some images failed; 2 wrong usage or configuration;
3 the store or the function could not be reached or refused us; 130 interrupted.`;

/** The default verb's flags, so that "--help" alone shows what most people want. */
function optionsOf(command: Command): string {
  const help = command.helpInformation();
  return `Options of ${command.name()}:\n${help.slice(help.indexOf('Options:') + 'Options:\n'.length)}`;
}

function build(choose: (call: VerbCall) => void, write: (stdout: string, stderr: string) => void): Command {
  const program = new Command('og-sync')
    .description('Open Graph images for every post of a static site: only what is new or changed is made.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => write(text, ''),
      writeErr: (text) => write('', text),
      outputError: (text, put) => put(text.replace(/^error: /, '✖ ')),
    });
  for (const verb of VERBS) {
    const command = verb.addTo(program, choose);
    if (verb === DEFAULT_VERB) program.addHelpText('after', () => `\n${optionsOf(command)}\n${EXIT_CODES}`);
  }
  return program;
}

/** The word that stands where a verb's name should and is none, or null. */
function unknownVerb([first = '', second = '']: readonly string[]): string | null {
  const named = first === 'help' ? second : first;
  if (named === '' || named.startsWith('-') || named === 'help') return null;
  return VERBS.some(({ name }) => name === named) ? null : named;
}

/** Reads argv (without node and script). Pure: prints nothing, ends nothing. */
export function parseArgv(argv: readonly string[]): Request {
  const unknown = unknownVerb(argv);
  if (unknown !== null) {
    const meant = nearest(unknown, ['help', ...VERBS.map(({ name }) => name)]);
    const hint = meant === null ? 'Run "og-sync help" to see all.' : `Did you mean ${meant}?`;
    return { exitCode: 2, stdout: '', stderr: `✖ There is no command "${unknown}". ${hint}\n` };
  }
  let call: VerbCall | null = null;
  let stdout = '';
  let stderr = '';
  const program = build(
    (chosen) => (call = chosen),
    (out, err) => {
      stdout += out;
      stderr += err;
    },
  );
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2, stdout, stderr };
  }
  return call ?? { exitCode: 2, stdout, stderr };
}
