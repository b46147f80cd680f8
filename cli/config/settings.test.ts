import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, TERMINALS],
  ])('%j on a terminal: plain lines %s, colours %j', (environment, ci, color) => {
    expect(readSettings(environment, TERMINALS)).toMatchObject({ ci, color });
  });

  test('colours can be forced into a pipe', () => {
    expect(readSettings({ FORCE_COLOR: '1' }, NONE).color).toEqual(TERMINALS);
    expect(readSettings({ FORCE_COLOR: '0' }, NONE).color).toEqual(NONE);
  });
});
