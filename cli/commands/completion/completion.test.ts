import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseArgv } from '../../flags.ts';
import { DEFAULT_VERB, VERBS } from '../verbs.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { grammarOf } from './grammar.ts';
import { zshScript } from './zsh.ts';

const program = new Command();
const grammar = grammarOf(
  VERBS.map((verb) => verb.addTo(program, () => undefined)),
  DEFAULT_VERB.name,
);

describe.each([
  ['bash', bashScript(grammar), (long: string) => long],
  ['zsh', zshScript(grammar), (long: string) => long],
  ['fish', fishScript(grammar), (long: string) => `-l ${long.slice(2)} `],
])('the script for %s', (_shell, script, spelled) => {
  test('knows every verb and every flag of the help', () => {
    for (const { name } of VERBS) {
      const help = parseArgv([name, '--help']) as { stdout: string };
      for (const [long] of help.stdout.matchAll(/--[a-z][a-z-]+(?=[ ,].* {2})/g))
        expect(script).toContain(spelled(long));
      expect(script).toContain(name);
    }
  });
});

test('what a flag takes follows from how the help names it', () => {
  const flags = new Map(
    grammar.verbs.flatMap(({ name, flags: all }) =>
      all.map((flag) => [`${name} ${flag.long}`, flag] as const),
    ),
  );
  expect(flags.get('plan --html')?.value).toBe('file');
  expect(flags.get('sync --pages')?.value).toBe('folder');
  expect(flags.get('sync --site-url')?.value).toBe('text');
  expect(flags.get('sync --force')?.value).toBeNull();
  expect(flags.get('sync --content')).toMatchObject({ repeatable: true, value: 'file' });
  expect(flags.get('sync --config')).toMatchObject({ short: '-c', value: 'file' });
});

test('quotes in a description end no word of a script', () => {
  const flag = {
    short: null,
    long: '--it',
    description: `it's [odd]: \\ "x" $(y)`,
    value: null,
    placeholder: '',
    repeatable: false,
  };
  const odd = {
    defaultVerb: 'a',
    verbs: [{ name: 'a', description: `it's a:b`, flags: [flag], operand: null }],
  };
  expect(zshScript(odd)).toContain(String.raw`--it'[it'\''s \[odd\]\: \\ "x" $(y)]'`);
  expect(fishScript(odd)).toContain(String.raw`-d 'it\'s [odd]: \\ "x" $(y)'`);
});

test('another shell is wrong usage, and the ones there are are named', () => {
  expect(parseArgv(['completion', 'tcsh'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('bash, zsh, fish') as string,
  });
  expect(parseArgv(['completion'])).toMatchObject({ exitCode: 2 });
});
