/** Whatever stands in front matter, configuration and file names: a preset answers, and its addresses are addresses. */
import fc from 'fast-check';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import type { FrontMatter } from '../markdown/formats.ts';
import { placedPage } from './placed.ts';
import { PRESETS } from './registry.ts';
import type { Project } from './types.ts';

const CONFIGS: Readonly<Record<string, string>> = {
  hugo: 'hugo.json',
  jekyll: '_config.yml',
  eleventy: 'eleventy.config.js',
  astro: 'astro.config.mjs',
  starlight: 'astro.config.mjs',
  docusaurus: 'docusaurus.config.js',
  vitepress: '.vitepress/config.js',
  gatsby: 'gatsby-config.js',
  next: 'next.config.js',
  zola: 'zola.toml',
  mkdocs: 'mkdocs.yml',
};

/** Fields that decide something in one generator or another. */
const FIELDS =
  'title date slug url permalink path id lang draft published build _build headless outputs cascade categories category tags authors author og template render publishDate expiryDate eleventyComputed pagination'.split(
    ' ',
  );
const SETTINGS =
  'permalinks languages defaultContentLanguage uglyurls contentdir module taxonomies frontmatter cascade permalink collections defaults exclude include collections_dir source plugins timezone dir presets i18n srcDir rewrites locales cleanUrls docs_dir nav use_directory_urls exclude_docs theme slugify base_url build integrations'.split(
    ' ',
  );

const value = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.constantFrom(
    '/a/:year/:slug/',
    ':title',
    '../..',
    '//x',
    'https://x.example/a',
    '{{ page.fileSlug }}',
    '2024-01-02',
    '*',
    '.',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const record = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }) as fc.Arbitrary<Record<string, unknown>>;
const segment = fc.oneof(
  fc.constantFrom(
    'content',
    'docs',
    'blog',
    'src',
    'pages',
    '_posts',
    'index',
    '_index',
    'README',
    '2024-01-02-a',
    'a.de',
    '01-b',
    'en',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replaceAll(/[/\0]/g, '_')),
);
const file = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => posix.normalize(`${segments.join('/')}.md`))
  .filter((path) => !path.startsWith('.'));

/** A configuration as each format has it. */
function configText(name: string, settings: object): string {
  const json = JSON.stringify(settings);
  if (name.endsWith('.toml'))
    return Object.keys(settings)
      .map((key) => `${key} = "x"`)
      .join('\n');
  return /\.(json|yml)$/.test(name) ? json : `export default ${json};`;
}

test.each(PRESETS.map((preset) => [preset.name, preset] as const))('%s answers', (name, preset) => {
  fc.assert(
    fc.property(
      record(SETTINGS),
      fc.array(fc.tuple(file, fc.option(record(FIELDS))), { minLength: 1, maxLength: 6 }),
      (settings, entries) => {
        const config = CONFIGS[name] ?? '';
        const files = new Map<string, FrontMatter | null>(entries);
        const project: Project = {
          text: (path) => (path === config ? configText(config, settings) : null),
          files: (...globs) =>
            [config, ...files.keys()].filter((path) => globs.some((glob) => posix.matchesGlob(path, glob))),
        };
        const site = preset.rules(project);
        const route = site.route([...files.keys()], {
          frontMatter: (path) => files.get(path) ?? {},
          head: () => '',
          drafts: false,
          now: new Date('2026-01-01'),
        });
        for (const [path, own] of files) {
          const outcome = route(path, own);
          if ('none' in outcome) continue;
          for (const page of outcome.pages) {
            expect(page.address).toMatch(/^\//);
            expect(page.address).not.toMatch(/\/\/|\/\.\.?(\/|$)/);
            placedPage(path, page, site, () => null);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
