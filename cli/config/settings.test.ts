import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArgv } from '../flags.ts';
import { readSettings } from './settings.ts';

const TERMINALS = { stdout: true, stderr: true };
const NONE = { stdout: false, stderr: false };

describe('the environment', () => {
  test('says nothing: a cache in the home folder, colours where there is a terminal', () => {
    expect(readSettings({}, TERMINALS)).toMatchObject({
      functionUrl: undefined,
      cacheDir: join(homedir(), '.cache/og-sync'),
      ci: false,
      color: TERMINALS,
    });
    expect(readSettings({}, NONE)).toMatchObject({ ci: true, color: NONE });
  });

  test('an empty variable counts as none', () => {
    expect(
      readSettings({ OG_FUNCTION_URL: '', OG_FUNCTION_TOKEN: ' ', CI: '', NO_COLOR: '' }, TERMINALS),
    ).toMatchObject({
      functionUrl: undefined,
      functionToken: undefined,
      ci: false,
      color: TERMINALS,
    });
  });

  test.each([
    [{ OG_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
    [{ XDG_CACHE_HOME: '/x' }, '/x/og-sync'],
    [{ OG_CACHE_DIR: 'near' }, resolve('near')],
  ])('%j keeps the cache in %s', (environment, folder) => {
    expect(readSettings(environment, NONE).cacheDir).toBe(folder);
  });

  test.each([
    [{ CI: 'true' }, true, TERMINALS],
    [{ CI: 'false' }, false, TERMINALS],
    [{ NO_COLOR: '1' }, false, NONE],
    [{ TERM: 'dumb' }, true, NONE],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, NONE],
  ])('%j on a terminal: plain lines %s, colours %j', (environment, ci, color) => {
    expect(readSettings(environment, TERMINALS)).toMatchObject({ ci, color });
  });

  test('colours can be forced into a pipe', () => {
    expect(readSettings({ FORCE_COLOR: '1' }, NONE).color).toEqual(TERMINALS);
    expect(readSettings({ FORCE_COLOR: '0' }, NONE).color).toEqual(NONE);
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
});
