import { describe, expect, test } from 'vitest';
import { VERBS } from './commands/verbs.ts';
import { parseArgv } from './flags.ts';

const printed = (...argv: string[]) => {
  const request = parseArgv(argv);
  if (!('exitCode' in request)) throw new Error('It asks for a command.');
  return request;
};
const flags = (...argv: string[]) => {
  const request = parseArgv(argv);
  if ('exitCode' in request) throw new Error(request.stderr);
  const { color: _color, ...given } = request.flags;
  return given;
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

describe('flags', () => {
  test('without a verb belong to sync', () => {
    expect(flags('--force', '--content', 'a', '--content', 'b')).toEqual({
      force: true,
      content: ['a', 'b'],
    });
    expect(flags('--force')).toEqual(flags('sync', '--force'));
  });

  test('of one verb are unknown to another', () => {
    expect(flags('plan', '--exit-code')).toEqual({ exitCode: true });
    expect(printed('sync', '--exit-code').stderr).toContain("unknown option '--exit-code'");
  });

  test.each([
    ['90s', 90_000],
    ['12h', 43_200_000],
    ['2w', 1_209_600_000],
  ])('take a time: %s', (text, olderThan) => {
    expect(flags('prune', '--older-than', text)).toEqual({ olderThan });
  });

  test('start on a dash where no verb stands: they are not looked for among the verbs', () => {
    expect(printed('--fource').stderr).toContain('--force');
  });
});
