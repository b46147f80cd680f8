/** A verb of the command line: its name, the flags it takes, and how its command is loaded. Imports nothing heavy. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Shell } from './shell.ts';

/** What every verb takes. */
export interface CommonFlags {
  config?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
  /** What stands beside the flags. */
  operands?: readonly string[];
}

/** What a verb takes whose findings a CI shows in a review. */
export interface AnnotationFlags extends CommonFlags {
  annotations?: boolean;
  codeQuality?: string;
}

/** What a verb that reads posts takes besides. */
export interface PostFlags extends CommonFlags {
  content?: string[];
  preset?: string;
  store?: string;
  function?: string;
  auth?: string;
  concurrency?: number;
  batch?: number;
  pages?: string;
  inject?: boolean;
  siteUrl?: string;
  publicUrl?: string;
}

/** What argv asks for: the flags, and the command that takes them. */
export interface VerbCall {
  verb: string;
  flags: CommonFlags;
  /** Loads the command and runs it. Resolves to the exit code. */
  run: (place: Omit<Shell, 'flags'>) => Promise<number>;
}

export interface Verb {
  name: string;
  /** Adds the verb to the program; `choose` is called when argv names it. */
  addTo(program: Command, choose: (call: VerbCall) => void): Command;
}

export interface VerbOptions<F extends CommonFlags> {
  /** True for the verb that runs when none is named. */
  isDefault?: boolean;
  /** Adds description and flags. Runs at each start, whatever the verb. */
  declare: (command: Command) => Command;
  /** Runs only when this verb is called: `--version` and `--help` load no command. */
  load: () => Promise<(shell: Shell<F>) => Promise<number>>;
}

export function defineVerb<F extends CommonFlags>(name: string, options: VerbOptions<F>): Verb {
  const { isDefault = false, declare, load } = options;
  return {
    name,
    addTo: (program, choose) =>
      declare(program.command(name, { isDefault })).action((...parameters: unknown[]) => {
        const command = parameters.at(-1) as Command;
        const operands = command.args.length > 0 ? { operands: command.args } : {};
        const flags = { ...command.opts<F>(), ...operands };
        choose({ verb: name, flags, run: async (place) => (await load())({ ...place, flags }) });
      }),
  };
}

/** Verbs that stand behind a word of their own: `og-sync template new`. */
export function defineGroup(name: string, description: string, verbs: readonly Verb[]): Verb {
  return {
    name,
    addTo(program, choose) {
      const group = program.command(name).description(description);
      for (const verb of verbs)
        verb.addTo(group, (call) => choose({ ...call, verb: `${name} ${call.verb}` }));
      return group;
    },
  };
}

export function commonFlags(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration (default: og.config.ts, .js or .json)')
    .option('--json', 'print one JSON document on stdout')
    .option('-q, --quiet', 'print errors and nothing else')
    .option('-v, --verbose', 'print each image, each retry, all problems, and errors with stack and causes')
    .option('--no-color', 'print without colours (also: NO_COLOR)');
}

export function postFlags(command: Command): Command {
  return commonFlags(command)
    .option('--content <glob>', 'where the markdown is: a folder or a glob; repeatable', repeated)
    .option('--preset <name>', 'the site generator (default: recognised by its files); none: general rules')
    .option('--pages <dir>', 'the built site: its pages are read')
    .option('--inject', 'write the tags that name the images into those pages')
    .option('--site-url <url>', 'the address of the site')
    .option('--public-url <url>', 'the address images are served from')
    .option('--store <address>', 'where images go: a folder, or s3://bucket/prefix')
    .option(
      '--function <url>',
      'the Function URL (also: OG_FUNCTION_URL); without it, images are rendered here',
    )
    .option('--auth <kind>', 'how to call the function: iam, token (OG_FUNCTION_TOKEN) or none')
    .option('--concurrency <n>', 'requests in flight', wholeNumber)
    .option('--batch <n>', 'posts in a request', wholeNumber);
}

export function annotationFlags(command: Command): Command {
  return command
    .option(
      '--no-annotations',
      'in Bitbucket Pipelines, GitHub Actions or GitLab CI: show nothing in the review',
    )
    .option(
      '--code-quality <file>',
      "in GitLab CI: where the report is written (default: in the project's root)",
    );
}

/** The value of a flag that may be given more than once. */
function repeated(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** The value of a flag that counts. Throws InvalidArgumentError. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}

const MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90s`, `30m`, `12h`, `7d`, `2w` in ms. Throws InvalidArgumentError. */
export function duration(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError('It takes a time such as 12h, 7d or 2w.');
  return Number(number) * MS[unit as keyof typeof MS];
}
