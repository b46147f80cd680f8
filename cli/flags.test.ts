import { describe, expect, test } from 'vitest';
import { VERBS } from './commands/verbs.ts';
import { parseArgv } from './flags.ts';

const printed = (...argv: string[]) => {
  const request = parseArgv(argv);
  if (!('exitCode' in request)) throw new Error('It asks for a command.');
  return request;
};
describe('help', () => {
  test('alone is the same as --help, and lists every verb', () => {
    expect(printed('help')).toEqual(printed('--help'));
    for (const { name } of VERBS) expect(printed('help').stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test.each(VERBS.map(({ name }) => name))('of %s is the same as its --help', (name) => {
    expect(printed('help', name)).toEqual(printed(name, '--help'));
    expect(printed('help', name)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(printed('help', name).stdout).toMatch(new RegExp(`^Usage: og-sync ${name} `));
  });

  test.each([
    [['help', 'plann'], 'Did you mean plan?'],
    [['hlep'], 'Did you mean help?'],
    [['deploy-everything'], 'Run "og-sync help"'],
  ])('a verb that does not exist is named: %j', (argv, said) => {
    expect(printed(...argv)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(printed(...argv).stderr).toContain(said);
  });
});

describe('argv', () => {
  test('without a verb means sync', () => {
    expect(parseArgv([])).toMatchObject({ verb: 'sync' });
    expect(parseArgv(['--force', '--json'])).toMatchObject({
      verb: 'sync',
      flags: { force: true, json: true },
    });
  });

  test('with a verb takes that verb and its flags', () => {
    expect(parseArgv(['plan', '--exit-code'])).toMatchObject({ verb: 'plan', flags: { exitCode: true } });
    expect(parseArgv(['prune', '-y', '--older-than', '2w'])).toMatchObject({
      verb: 'prune',
      flags: { yes: true, olderThan: 1_209_600_000 },
    });
    expect(parseArgv(['serve', '--port', '0'])).toMatchObject({ verb: 'serve', flags: { port: 0 } });
  });

  test('gathers content globs', () => {
    expect(parseArgv(['--content', 'a/*.md', '--content', 'b/*.md'])).toMatchObject({
      flags: { content: ['a/*.md', 'b/*.md'] },
    });
  });

  test('asks for help and gets the flags of sync and the exit codes, on stdout', () => {
    const request = parseArgv(['--help']);
    expect(request).toMatchObject({ exitCode: 0, stderr: '' });
    for (const words of ['plan', 'prune', 'serve', '--dry-run', '--function', 'Exit codes', '130'])
      expect((request as { stdout: string }).stdout).toContain(words);
  });

  test('that makes no sense is wrong usage, on stderr', () => {
    for (const argv of [['--nope'], ['nope'], ['sync', 'extra'], ['--batch', '1.5'], ['serve', '--force']])
      expect(parseArgv(argv)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringMatching(/^✖ /) as string,
      });
  });

  test.each([
    ['90s', 90_000],
    ['12h', 43_200_000],
    ['2w', 1_209_600_000],
  ])('takes a time: %s', (text, olderThan) => {
    expect(parseArgv(['prune', '--older-than', text])).toMatchObject({ flags: { olderThan } });
  });
});
