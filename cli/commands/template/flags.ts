/** The flags of `og-sync template`: its verbs `new`, `check` and `list`. */
import { commonFlags, defineGroup, defineVerb } from '../verb.ts';
import type { CommonFlags } from '../verb.ts';

export interface NewFlags extends CommonFlags {
  from?: string;
}

export interface CheckTemplatesFlags extends CommonFlags {
  strict?: boolean;
  out?: string;
}

const newVerb = defineVerb<NewFlags>('new', {
  declare: (command) =>
    commonFlags(command)
      .description('make a template of your own: a small one with comments, or a copy')
      .argument('<name>', 'its name: a-z, 0-9 and "-"')
      .option('--from <template>', 'copy this one, of yours or of og-sync'),
  load: async () => (await import('./new.ts')).newCommand,
});

const checkVerb = defineVerb<CheckTemplatesFlags>('check', {
  declare: (command) =>
    commonFlags(command)
      .description(
        'draw templates with posts of all kinds, in each of your outputs: what is wrong, and what a card costs',
      )
      .argument('[name...]', 'which templates (default: yours; without any, those of og-sync)')
      .option('--strict', 'exit with 1 on a warning, too')
      .option('--out <dir>', 'write the pictures into this folder'),
  load: async () => (await import('./check.ts')).checkTemplatesCommand,
});

const listVerb = defineVerb('list', {
  declare: (command) =>
    commonFlags(command).description('print all templates: where each is from, its size and its fonts'),
  load: async () => (await import('./list.ts')).listCommand,
});

export const templateVerb = defineGroup('template', 'make, check and list templates', [
  newVerb,
  checkVerb,
  listVerb,
]);
