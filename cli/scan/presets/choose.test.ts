import { expect, test } from 'vitest';
import { choosePreset } from './choose.ts';
import type { Project } from './types.ts';

const projectWith = (files: Readonly<Record<string, string>>): Project => ({
  text: (path) => files[path] ?? null,
  files: () => [],
});

test.each([
  ['dependencies', 'eleventy'],
  ['devDependencies', 'eleventy'],
  // Of a plugin: what it is made for is not what its repository is.
  ['peerDependencies', null],
  ['optionalDependencies', null],
])('a package.json whose %s name Eleventy is of a site of: %s', (kind, expected) => {
  const text = JSON.stringify({ [kind]: { '@11ty/eleventy': '^3.0.0' } });
  expect(choosePreset(null, projectWith({ 'package.json': text }))?.name ?? null).toBe(expected);
});

test.each(['{', '[]', '{"dependencies": ["@11ty/eleventy"]}', '{"keywords": ["@11ty/eleventy"]}'])(
  'package.json as %s is of no site',
  (text) => {
    expect(choosePreset(null, projectWith({ 'package.json': text }))).toBeNull();
  },
);
