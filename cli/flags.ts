/** argv → a verb and its flags. Knows what may be written, not what it does. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { VERSION } from '../function/package.ts';
import { nearest } from './config/errors.ts';

export type Verb = 'sync' | 'plan' | 'prune' | 'serve';

export interface Flags {
  config?: string;
  content?: string[];
  store?: string;
  function?: string;
  auth?: string;
  manifest?: string;
  only?: string;
  force?: boolean;
  prune?: boolean;
  dryRun?: boolean;
  strict?: boolean;
  exitCode?: boolean;
  /** ms */
  olderThan?: number;
  yes?: boolean;
  concurrency?: number;
  batch?: number;
  port?: number;
  host?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
}

/** What argv asks for; or nothing more to do, with the exit code and what to print where. */
export type Request = { verb: Verb; flags: Flags } | { exitCode: 0 | 2; stdout: string; stderr: string };

const VERBS: readonly Verb[] = ['sync', 'plan', 'prune', 'serve'];
const MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}

/** `90s`, `30m`, `12h`, `7d`, `2w` in ms. */
function duration(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError('It takes a time such as 12h, 7d or 2w.');
  return Number(number) * MS[unit as keyof typeof MS];
}

function append(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function common(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration (default: og.config.{ts,mts,js,mjs,json})')
    .option('--json', 'print one JSON document on stdout')
    .option('-q, --quiet', 'print errors and nothing else')
    .option('-v, --verbose', 'tell each image, each retry, and errors with stack and causes')
    .option('--no-color', 'print without colours (also: NO_COLOR)');
}

function posts(command: Command): Command {
  return common(command)
    .option('--content <glob>', 'where the markdown is; may be given more than once', append)
    .option('--store <address>', 'where images go: a folder, or s3://bucket/prefix')
    .option(
      '--function <url>',
      'the Function URL (also: OG_FUNCTION_URL); without it, images are rendered here',
    )
    .option('--auth <kind>', 'how to call the function: iam, token (OG_FUNCTION_TOKEN) or none')
    .option('--concurrency <n>', 'requests in flight', wholeNumber)
    .option('--batch <n>', 'posts in a request', wholeNumber);
}

const EXIT_CODES = `Exit codes: 0 all well; 1 some images failed; 2 wrong usage or configuration;
3 the store or the function could not be reached or refused us; 130 interrupted.`;

/** The default verb's flags, so that "--help" alone shows what most people want. */
function optionsOf(command: Command): string {
  const help = command.helpInformation();
  return `Options of ${command.name()}:\n${help.slice(help.indexOf('Options:') + 'Options:\n'.length)}`;
}

function build(chosen: (request: Request) => void, write: (stdout: string, stderr: string) => void): Command {
  const program = new Command('og-sync')
    .description('Open Graph images for every post of a static site: only what is new or changed is made.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => write(text, ''),
      writeErr: (text) => write('', text),
      outputError: (text, put) => put(text.replace(/^error: /, '✖ ')),
    })
    .addHelpText('after', () => `\n${optionsOf(sync)}\n${EXIT_CODES}`);
  const verb = (name: Verb) => (flags: Flags) => chosen({ verb: name, flags });

  const sync = posts(program.command('sync', { isDefault: true }));
  sync
    .description('make what is missing or changed (the default)')
    .option('--manifest <file>', 'write a manifest: slug → url, key, size, alt, fingerprint')
    .option('--only <glob>', 'only posts whose slug or file matches')
    .option('--force', 'make every image again')
    .option('--prune', 'delete orphans afterwards')
    .option('--older-than <time>', 'with --prune: spare orphans younger than this (default: 7d)', duration)
    .option('-y, --yes', 'with --prune: do not ask')
    .option('--dry-run', 'print what would be done (as "plan")')
    .option('--strict', 'exit with 1 if an image has a warning')
    .action(verb('sync'));
  posts(program.command('plan'))
    .description('print what sync would do, with an estimate of time and cost; change nothing')
    .option('--only <glob>', 'only posts whose slug or file matches')
    .option('--force', 'as if every image were to be made again')
    .option('--exit-code', 'exit with 1 if there is something to do')
    .action(verb('plan'));
  posts(program.command('prune'))
    .description('delete stored images that no post claims any more')
    .option('--older-than <time>', 'spare orphans younger than this (default: 7d)', duration)
    .option('--dry-run', 'print what would be deleted')
    .option('-y, --yes', 'do not ask')
    .action(verb('prune'));
  common(program.command('serve'))
    .description('run the function on this machine, speaking what a Function URL speaks')
    .option('-p, --port <n>', 'port; 0: any free one (default: 3000)', wholeNumber)
    .option('--host <name>', 'address to listen on (default: 127.0.0.1)')
    .option('--store <address>', 'where images go: a folder, or s3://bucket/prefix')
    .option('--auth <kind>', 'who may call: none, or token (OG_FUNCTION_TOKEN)')
    .action(verb('serve'));
  return program;
}

/** Reads argv (without node and script). Pure: prints nothing, ends nothing. */
export function parseArgv(argv: readonly string[]): Request {
  const [first = ''] = argv;
  if (first !== '' && !first.startsWith('-') && !VERBS.some((verb) => verb === first)) {
    const meant = nearest(first, VERBS);
    const hint = meant === null ? 'Run "og-sync --help" to see all.' : `Did you mean ${meant}?`;
    return { exitCode: 2, stdout: '', stderr: `✖ There is no command "${first}". ${hint}\n` };
  }
  let request: Request | null = null;
  let stdout = '';
  let stderr = '';
  const program = build(
    (chosen) => (request = chosen),
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
  return request ?? { exitCode: 2, stdout, stderr };
}
