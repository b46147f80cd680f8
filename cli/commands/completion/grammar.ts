/** The verbs and flags as they are declared → what may stand where. What a flag takes follows from how the help names it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Argument, Command, Option } from 'commander';
import { PACKAGE_ROOT } from '../../../function/package.ts';
import { PRESET_NAMES } from '../../config/preset-names.ts';

/** What completes a value: files, folders, some words, or nothing. */
export type Value = 'file' | 'folder' | 'text' | readonly string[];

export interface Flag {
  /** `-c`, or null. */
  short: string | null;
  /** `--config` */
  long: string;
  description: string;
  /** Null: it takes none. */
  value: Value | null;
  /** What the help calls its value. */
  placeholder: string;
  repeatable: boolean;
}

export interface VerbGrammar {
  name: string;
  description: string;
  flags: readonly Flag[];
  /** What stands beside the flags; null: nothing. */
  operand: Value | null;
}

export interface Grammar {
  verbs: readonly VerbGrammar[];
  /** The verb that runs when none is named. */
  defaultVerb: string;
}

const HELP: Flag = {
  short: '-h',
  long: '--help',
  description: 'print the help',
  value: null,
  placeholder: '',
  repeatable: false,
};

/** Reads the names of og-sync's own templates, and nothing else of the disk. */
export function grammarOf(commands: readonly Command[], defaultVerb: string): Grammar {
  const templates = ownTemplates();
  const verbs = commands.map((command) => verbOf(command, templates));
  const names = verbs.map(({ name }) => name);
  const help = { name: 'help', description: 'print the help of a command', flags: [], operand: names };
  return { verbs: [...verbs, help], defaultVerb };
}

function verbOf(command: Command, templates: readonly string[]): VerbGrammar {
  const name = command.name();
  const [operand] = command.registeredArguments;
  if (command.commands.length > 0) return groupOf(command, templates);
  return {
    name,
    description: command.description(),
    flags: [...command.options.map((option) => flagOf(option, name, templates)), HELP],
    operand: operand === undefined ? null : operandValue(operand),
  };
}

/** Of a group (`template new`), the verbs behind its word, and the flags that any of them takes. */
function groupOf(group: Command, templates: readonly string[]): VerbGrammar {
  const verbs = group.commands.map((command) => verbOf(command, templates));
  const flags = new Map(verbs.flatMap((verb) => verb.flags.map((flag) => [flag.long, flag] as const)));
  return {
    name: group.name(),
    description: group.description(),
    flags: [...flags.values()],
    operand: verbs.map(({ name }) => name),
  };
}

function operandValue(operand: Argument): Value {
  return operand.argChoices ?? valueNamed(operand.name());
}

function flagOf(option: Option, verb: string, templates: readonly string[]): Flag {
  const { short = null, long = '', flags, description } = option;
  const placeholder = /[<[]([^<>[\]]+)[>\]]/.exec(flags)?.[1] ?? '';
  const words: Readonly<Record<string, readonly string[]>> = {
    '--preset': [...PRESET_NAMES, 'none'],
    '--auth': verb === 'serve' ? ['none', 'token'] : ['iam', 'token', 'none'],
    '--template': templates,
    '--from': templates,
  };
  return {
    short,
    long,
    description,
    placeholder,
    value: placeholder === '' ? null : (words[long] ?? valueNamed(placeholder)),
    repeatable: description.includes('repeatable'),
  };
}

function valueNamed(placeholder: string): Value {
  if (['file', 'glob'].includes(placeholder)) return 'file';
  return ['dir', 'folder', 'address'].includes(placeholder) ? 'folder' : 'text';
}

function ownTemplates(): string[] {
  const folder = join(PACKAGE_ROOT, 'templates');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'card.html')))
    .sort();
}
