import { describe, expect, test } from 'vitest';
import { caught } from '../testing/attempt.ts';
import { resolveConfig } from './config.ts';
import { applyOverrides } from './overrides.ts';
import type { Overrides } from './overrides.ts';

const config = resolveConfig({ store: 'from-file', batch: 5 }, '/blog', null);

test('keeps the config where the command line says nothing', () => {
  expect(applyOverrides(config, { store: undefined }, { cwd: '/elsewhere' })).toEqual(config);
});

test('puts the command line over the file; its paths start where the user is', () => {
  const merged = applyOverrides(
    config,
    {
      content: ['notes/*.md', '!notes/_*.md'],
      store: 'pictures',
      manifest: 'm.json',
      function: 'http://127.0.0.1:9000',
      concurrency: 3,
      batch: 2,
      auth: 'none',
    },
    { cwd: '/blog/site' },
  );
  expect(merged).toMatchObject({
    content: ['site/notes/*.md', '!site/notes/_*.md'],
    store: '/blog/site/pictures',
    manifest: '/blog/site/m.json',
    function: 'http://127.0.0.1:9000',
    concurrency: 3,
    batch: 2,
    auth: 'none',
  });
  expect(config.store).toBe('/blog/from-file');
});

test('leaves an S3 address and a glob at the root as they are', () => {
  const merged = applyOverrides(config, { store: 's3://images/og', content: 'a/*.md' }, { cwd: '/blog' });
  expect(merged).toMatchObject({ store: 's3://images/og', content: ['a/*.md'] });
});

test.each([
  [{ batch: 1000 }, '--batch must be a whole number from 1 to 100; found 1000.'],
  [{ concurrency: Number.NaN }, '--concurrency must be a whole number from 1 to 1000'],
  [{ auth: 'basic' }, '--auth must be "iam", "token" or "none"; found "basic".'],
  [{ function: 'x' }, '--function must be the https address of the function; found "x".'],
  [{ store: '' }, '--store must be a folder or s3://bucket/prefix; found "".'],
])('refuses %o by the name of its flag', (overrides, message) => {
  expect(() => applyOverrides(config, overrides, { cwd: '/blog' })).toThrow(message);
});

const over = (address: string, auth: string) =>
  applyOverrides(config, { function: address, auth }, { cwd: '/blog' }).auth;

test('sends no credentials over http, but to this machine', () => {
  expect(() => over('http://og.example', 'token')).toThrow(
    'credentials would go to http://og.example over http',
  );
  expect(() => over('http://og.example', 'iam')).toThrow('With auth "iam"');
  expect(() => over('http://127.0.0.1.example', 'iam')).toThrow('over http');
  expect(over('http://og.example', 'none')).toBe('none');
  expect(over('https://og.example', 'token')).toBe('token');
  for (const here of ['http://localhost:9000', 'http://127.0.0.1', 'http://[::1]:9000'])
    expect(over(here, 'iam')).toBe('iam');
});

describe('OG_FUNCTION_URL', () => {
  const plain = resolveConfig({}, '/blog', null);
  const filed = resolveConfig({ function: 'https://file.example' }, '/blog', null);
  const broken = ['nonsense', 'ftp://x', 'http://plain.example', 'https://me:secret@host.example', ' '];
  const merged = (config: typeof plain, overrides: Overrides, functionUrl: string) =>
    applyOverrides(config, overrides, { cwd: '/blog', functionUrl }).function;

  test('stands over the file, and under the flag', () => {
    expect(merged(filed, {}, 'https://variable.example')).toBe('https://variable.example');
    expect(merged(filed, { function: 'https://flag.example' }, 'https://variable.example')).toBe(
      'https://flag.example',
    );
  });

  test('does not stand against a folder that a flag names', () => {
    expect(merged(plain, { store: 'out' }, 'https://variable.example')).toBeNull();
    expect(merged(plain, { store: 's3://a/b' }, 'https://variable.example')).toBe('https://variable.example');
  });

  test.each(broken)('may hold anything (%s) where a flag says something else', (value) => {
    expect(merged(filed, { function: 'https://flag.example' }, value)).toBe('https://flag.example');
    expect(merged(plain, { store: 'out' }, value)).toBeNull();
    expect(merged(plain, { function: 'http://flag.example', auth: 'none' }, value)).toBe(
      'http://flag.example',
    );
  });

  test('is named when it is wrong and used, without its password', () => {
    expect(() => merged(plain, {}, 'nonsense')).toThrow(
      /^OG_FUNCTION_URL must be the https address.*"nonsense"/,
    );
    const error = caught(() => merged(plain, {}, 'https://me:hunter2@host.example')).error;
    expect(String(error)).toContain('must not hold a user or a password');
    expect(String(error)).not.toContain('hunter2');
  });
});
