import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.ts';
import { WORDS } from '../testing/scripts.ts';
import { fontsFor, packagesFor, SCRIPTS, scriptsIn, needsOf } from './scripts.ts';

const FONTS = { Beng: 'bengali@1', Taml: 'tamil@1', roboto: 'roboto@1' };

test('every script of the table is told by its letters, has a package, and is among the tests’ words', async () => {
  const { devDependencies } = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  for (const script of SCRIPTS) {
    expect(scriptsIn(WORDS[script.code] ?? '')).toEqual([script]);
    expect(devDependencies).toHaveProperty([script.package]);
    expect(new RegExp(`^\\p{Script=${script.code}}`, 'u').test(WORDS[script.code] ?? '')).toBe(true);
  }
});

test('texts in the scripts of og-sync’s own fonts have none of the table', () => {
  const codes = new Set(SCRIPTS.map(({ code }) => code));
  const ours = Object.entries(WORDS).filter(([code]) => !codes.has(code));
  expect(ours.map(([, words]) => scriptsIn(words))).toEqual(ours.map(() => []));
});

test('a package of another kind may draw a script too', () => {
  const bengali = SCRIPTS.find(({ code }) => code === 'Beng') ?? expect.unreachable();
  expect(packagesFor(bengali)).toEqual([
    '@fontsource-variable/noto-sans-bengali',
    '@fontsource/noto-sans-bengali',
    '@fontsource-variable/noto-serif-bengali',
    '@fontsource/noto-serif-bengali',
  ]);
});

test.each([
  [{ title: 'বাংলা' }, ['bengali@1']],
  [{ title: 'Plain', data: { deep: [{ er: 'বাংলা' }] } }, ['bengali@1']],
  [{ title: 'தமிழ்', tags: ['বাংলা'] }, ['bengali@1', 'tamil@1']],
  [{ title: 'A date in its digits', lang: 'bn' }, ['bengali@1']],
  [{ title: 'A date in its digits', data: { lang: 'ta-LK' } }, ['tamil@1']],
  [{ theme: { font: 'Roboto' } }, ['roboto@1']],
  [{ theme: { font: 'Roboto Variable' } }, ['roboto@1']],
  [{ theme: { font: 'Inter' }, title: 'Roboto' }, undefined],
  [{ title: 'ગુજરાતી' }, undefined],
  [{ title: 'हिन्दी।', lang: 'hi' }, undefined],
  [{ title: 'Plain', image: 'data:image/png;base64,বাংলা' }, undefined],
])('of the fonts for scripts, %j has %j in its identity', (post, fonts) => {
  expect(fontsFor(FONTS, needsOf(post))).toEqual(fonts);
});

test('what a site shows is in the identity of all its images', () => {
  expect(fontsFor(FONTS, needsOf({ title: 'Plain' }), needsOf({ name: 'বাংলা' }))).toEqual(['bengali@1']);
  expect(fontsFor(undefined, needsOf({ title: 'বাংলা' }))).toBeUndefined();
});
