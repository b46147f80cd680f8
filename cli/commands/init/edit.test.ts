import * as fc from 'fast-check';
import { stringify as toToml } from 'smol-toml';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { Project } from '../../scan/presets/types.ts';
import { findBuilds } from './build-line.ts';
import { findCommands, replaceLine } from './edit.ts';
import { GENERATORS } from './generators/generators.ts';

/** A folder that holds these files. */
function projectOf(files: Record<string, string>): Project {
  return {
    text: (path) => files[path] ?? null,
    files: (...globs) => Object.keys(files).filter((file) => globs.some((glob) => matches(glob, file))),
  };
}
/** Enough of a glob for the files that are looked for. */
function matches(glob: string, file: string): boolean {
  const source = glob
    .replaceAll('.', String.raw`\.`)
    .replaceAll('*', '[^/]*')
    .replaceAll(/\{([^}]*)\}/g, (_, list: string) => `(${list.replaceAll(',', '|')})`);
  return new RegExp(`^${source}$`).test(file);
}
const { hugo } = GENERATORS;

describe('a build command gets og-sync, and the file keeps every other byte', () => {
  test.each([
    ['package.json', '{\n\t"scripts": {\n\t\t"build": "hugo --gc"\n\t},\n\t"x": [1, 2]\n}\n'],
    ['package.json', String.raw`{"scripts":{"build":"hugo --baseURL \"https://x\""}}`],
    [
      'netlify.toml',
      '# how\n[build]\n  publish = "public" # out\n  command = "hugo --gc" # fast\n[dev]\ncommand = "hugo server"\n',
    ],
    ['netlify.toml', "[build]\ncommand = 'hugo --gc --minify'\n"],
    ['netlify.toml', '[context.production]\ncommand = """\nhugo"""\n'],
    ['vercel.json', '{ "buildCommand": "hugo --gc" }'],
    [
      'bitbucket-pipelines.yml',
      'pipelines:\n  default:\n    - step:\n        script: # all\n          - npm ci\n          - hugo --gc   # build\n          - ls\n',
    ],
    [
      '.gitlab-ci.yml',
      'pages:\n  script: [ "apk add hugo-extended", "hugo --gc" ]\n  only: !reference [.main, only]\n',
    ],
    [
      '.github/workflows/site.yml',
      'on: push\njobs:\n  b:\n    steps:\n      - run: hugo --gc\n        env: { A: b }\n',
    ],
    [
      '.github/workflows/site.yml',
      'jobs:\n  b:\n    steps:\n      - run: |\n          npm ci\n          hugo --gc\n          ls public\n',
    ],
    [
      '.github/workflows/site.yml',
      'jobs:\n  b:\n    steps:\n      - run: |\n          hugo \\\n            --gc \\\n            --minify\n',
    ],
    ['.github/workflows/site.yml', "jobs:\r\n  b:\r\n    steps:\r\n      - run: 'hugo --gc'\r\n"],
  ])('%s %j', (file, text) => {
    for (const when of ['before', 'after'] as const) {
      const { edits, isThere } = findBuilds(projectOf({ [file]: text }), hugo.builds, when);
      expect(edits).toHaveLength(1);
      expect(isThere).toBe(false);
      const added = when === 'before' ? 'npx og-sync && ' : ' && npx og-sync';
      const edited = edits[0]?.text ?? '';
      expect(edited).not.toBe(text);
      expect(edited.split(added).join('')).toBe(text);
      // Asked again, there is nothing left to do.
      expect(findBuilds(projectOf({ [file]: edited }), hugo.builds, when)).toEqual({
        edits: [],
        isThere: true,
      });
    }
  });

  test('wherever it is run in one file', () => {
    const text =
      'pipelines:\n  default:\n    - step: { script: [hugo] }\n  branches:\n    main:\n      - step:\n          script:\n            - hugo\n';
    const [edit] = findBuilds(projectOf({ 'bitbucket-pipelines.yml': text }), hugo.builds, 'after').edits;
    expect(edit?.lines).toHaveLength(2);
    expect(edit?.text).toBe(text.replaceAll(/hugo(?=\]|\n$)/g, 'hugo && npx og-sync'));
  });
});

test.each([
  ['package.json', '{"scripts":{"dev":"hugo server","start":"hugo"},"description":"hugo","build":"hugo"}'],
  ['package.json', '{"scripts":{"build":"hugo &"}}'],
  ['package.json', '{"scripts":{"build":"hugo-bin-of-mine"}}'],
  ['package.json', '{ broken'],
  ['netlify.toml', '[dev]\ncommand = "hugo"\n'],
  [
    '.github/workflows/site.yml',
    'jobs:\n  b:\n    steps:\n      - name: hugo\n      - run: |\n          hugo # and more\n          if hugo; then ls; fi\n',
  ],
  [
    '.github/workflows/site.yml',
    'jobs:\n  b:\n    steps:\n      - run: >\n          hugo --gc\n          --minify\n          --config "a b"\n',
  ],
])('what only looks like a build is left alone: %s %j', (file, text) => {
  const { edits } = findBuilds(projectOf({ [file]: text }), hugo.builds, 'before');
  for (const edit of edits) expect(edit.text.split('npx og-sync && ').join('')).toBe(text);
  expect(edits.length).toBeLessThanOrEqual(file.endsWith('site.yml') && text.includes('>') ? 1 : 0);
});

test.each([
  ['hugo', 'hugo', 'hugo server -D'],
  ['jekyll', 'jekyll build', 'jekyll serve'],
  ['eleventy', '@11ty/eleventy', '@11ty/eleventy --serve'],
  ['astro', 'astro build', 'astro dev'],
  ['starlight', 'astro build', 'astro preview'],
  ['docusaurus', 'docusaurus build', 'docusaurus start'],
  ['vitepress', 'vitepress build docs', 'vitepress dev docs'],
  ['gatsby', 'gatsby build', 'gatsby develop'],
  ['next', 'next build', 'next dev'],
  ['zola', 'zola build', 'zola serve'],
  ['mkdocs', 'mkdocs build', 'mkdocs serve'],
] as const)('%s is known by "%s", not by "%s"', (name, build, serve) => {
  const { builds } = GENERATORS[name];
  for (const command of [
    build,
    `npx ${build}`,
    `a && node_modules/.bin/${build} --x`,
    `bundle exec ${build}; b`,
  ])
    expect(command).toMatch(builds);
  for (const command of [
    serve,
    `npx ${serve}`,
    `my${build.replace('@11ty/', '')}`,
    `npm install ${build.split(' ')[0]}-things`,
  ])
    expect(command).not.toMatch(builds);
});

test('of any file, exactly one string changes, or none', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');
  const shape = fc.dictionary(word, fc.oneof(word, fc.array(word), fc.dictionary(word, word)), {
    maxKeys: 6,
  });
  const formats = [
    ['a.json', (value: object) => JSON.stringify(value, null, 2)],
    ['a.yml', (value: object) => dump(value)],
    ['a.toml', (value: object) => toToml(value)],
  ] as const;
  fc.assert(
    fc.property(
      shape,
      fc.constantFrom(...formats),
      fc.string({ maxLength: 10 }),
      (value, [file, write], tail) => {
        const command = `hugo --gc ${tail}`.trim();
        const text = write({ ...value, script: [command, 'ls'], note: 'hugo' });
        for (const { path, first } of findCommands(file, text, /^hugo --gc/)) {
          const edited = replaceLine(file, text, { path, from: first, to: `${first} && x` });
          if (edited === null) continue;
          expect(edited.length).toBe(text.length + 5);
          const [found] = findCommands(file, edited, /^hugo --gc/);
          expect(found?.last).toBe(`${first} && x`);
        }
        if (/^[\w ./:-]*$/.test(tail)) expect(findCommands(file, text, /^hugo --gc/)).toHaveLength(1);
      },
    ),
  );
});
