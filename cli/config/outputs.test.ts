import { expect, test } from 'vitest';
import { caught } from '../testing/attempt.ts';
import { withBuiltSite } from './built-site.ts';
import { layered, resolveConfig } from './config.ts';
import type { UserConfig } from './config.ts';
import { outputsOf } from './outputs.ts';

const patterns = (user: UserConfig) =>
  outputsOf(resolveConfig(user, '/blog', null)).map((one) => one.pattern);
const wide = { name: 'wide' };
const square = { name: 'square', width: 1080, height: 1080 };
const refused = (user: unknown): string =>
  (caught(() => outputsOf(resolveConfig(user, '/blog', null))).error as Error).message;

test.each<[string, UserConfig, string[]]>([
  ['a single one', {}, ['{slug}.{ext}']],
  ['several', { outputs: [wide, square] }, ['{slug}.{ext}', '{slug}-square.{ext}']],
  [
    'a hashed key',
    { key: 'v1/{slug}/{hash}.{ext}', outputs: [wide, square] },
    ['v1/{slug}/{hash}.{ext}', 'v1/{slug}-square/{hash}.{ext}'],
  ],
  [
    'a key that has their name',
    { key: '{output}/{slug}.{ext}', outputs: [wide, square] },
    ['wide/{slug}.{ext}', 'square/{slug}.{ext}'],
  ],
  [
    'keys of their own',
    {
      outputs: [
        { ...wide, key: 'w/{slug}.{ext}' },
        { ...square, key: '{slug}/{output}.{ext}' },
      ],
    },
    ['w/{slug}.{ext}', '{slug}/square.{ext}'],
  ],
  [
    'one name and two formats',
    { outputs: [wide, { name: 'exact', format: 'png', key: '{slug}.{ext}' }] },
    ['{slug}.{ext}', '{slug}.{ext}'],
  ],
])('names the images of %s', (_what, user, expected) => {
  expect(patterns(user)).toEqual(expected);
});

test('the first of several is what a single output is, to the byte', () => {
  const [only] = outputsOf(resolveConfig({}, '/', null));
  const [first, second] = outputsOf(resolveConfig({ outputs: [wide, square] }, '/', null));
  expect(JSON.stringify(first?.output)).toBe(JSON.stringify(only?.output));
  expect(first?.pattern).toBe(only?.pattern);
  expect(second?.output).toEqual({ ...only?.output, width: 1080, height: 1080 });
});

test('with tags, all of them have a hash', () => {
  const config = resolveConfig(
    { pages: 'dist', inject: true, site: { url: 'https://a.example' }, outputs: [wide, square] },
    '/blog',
    null,
  );
  expect(outputsOf(withBuiltSite(config)).map(({ pattern }) => pattern)).toEqual([
    '{slug}.{hash}.{ext}',
    '{slug}-square.{hash}.{ext}',
  ]);
});

test.each<[string, unknown, RegExp]>([
  ['both output and outputs', { output: {}, outputs: [wide] }, /output must be left out/],
  ['no name', { outputs: [{ width: 400 }] }, /outputs\[0\]\.name must be a name/],
  ['a name twice', { outputs: [wide, wide] }, /outputs\[1\]\.name must be a name that no other output has/],
  ['a name that is no part of an address', { outputs: [{ name: 'a/b' }] }, /outputs\[0\]\.name must be/],
  [
    'a field that is not known',
    { outputs: [{ ...wide, widht: 1 }] },
    /outputs\[0\]\.widht .* did you mean width/,
  ],
  [
    'a size that cannot be',
    { outputs: [{ ...wide, width: 5000 }] },
    /outputs\[0\]\.width must be at most 2400/,
  ],
  ['none', { outputs: [] }, /at least one/],
  ['a name in the key and nothing to name', { key: '{slug}-{output}.{ext}' }, /key must not have \{output\}/],
  ['one name for two', { outputs: [wide, { ...square, key: '{slug}.{ext}' }] }, /"wide" and "square"/],
])('refuses %s', (_what, user, message) => {
  expect(refused(user)).toMatch(message);
});

test('of two layers, the upper says whether there is one output or several', () => {
  const several = { outputs: [wide, square] };
  const single = { output: { width: 600 } };
  const both = { ...several, ...single };
  expect(layered(several, { under: single })).toEqual(several);
  expect(layered(single, { under: several })).toEqual(single);
  expect(layered(several, { over: single })).toEqual(single);
  expect(layered({}, { under: single, over: { output: { height: 400 } } })).toEqual({
    output: { width: 600, height: 400 },
  });
  expect(layered(both, {})).toEqual(both);
});
