import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../../config/config.ts';
import { importConfig } from '../../config/file.ts';
import { openProject } from '../../scan/presets/reading/project.ts';
import type { PresetName } from '../../config/preset-names.ts';
import { folderWith } from '../../testing/files.ts';
import { configText } from './config-text.ts';
import { GENERATORS } from './generators/generators.ts';
import { knownSite, nameOfFolder } from './site.ts';

const facts = async (preset: PresetName | null, files: Record<string, string>) =>
  knownSite(openProject(await folderWith(files)), preset).facts;

describe('what a generator says of its site', () => {
  test.each<[PresetName, Record<string, string>, object]>([
    [
      'hugo',
      {
        'config/_default/hugo.yaml':
          'Title: T\nbaseURL: https://t.example/x\npublishDir: docs\nstaticDir: assets\n',
      },
      { name: 'T', url: 'https://t.example/x/', output: 'docs', served: 'assets' },
    ],
    [
      'jekyll',
      { '_config.yml': 'title: T\nurl: https://t.example\nbaseurl: /x\ndestination: ./out/\n' },
      { name: 'T', url: 'https://t.example/x', output: 'out', served: '.' },
    ],
    [
      'eleventy',
      {
        'eleventy.config.js':
          "export default (c) => { c.addPassthroughCopy({ './public/': '/' }); return { dir: { input: 'src', output: 'docs' } }; };",
        'src/_data/metadata.js': "export default { title: 'T', url: 'https://t.example/' };",
      },
      { name: 'T', url: 'https://t.example/', output: 'docs', served: 'public', notes: [] },
    ],
    [
      'astro',
      {
        'astro.config.mjs':
          "import { defineConfig } from 'astro/config';\nexport default defineConfig({ site: 'https://t.example', base: '/x', outDir: './docs' });",
      },
      { url: 'https://t.example/x', output: 'docs', served: 'public' },
    ],
    [
      'starlight',
      {
        'astro.config.ts':
          "export default defineConfig({ site: 'https://t.example', integrations: [starlight({ title: 'T' })] });",
      },
      { name: 'T', url: 'https://t.example/', output: 'dist' },
    ],
    [
      'docusaurus',
      {
        'docusaurus.config.ts':
          "const config: Config = { title: 'T', url: 'https://t.example', baseUrl: '/x/' };\nexport default config;",
      },
      { name: 'T', url: 'https://t.example/x/', output: 'build', served: 'static' },
    ],
    [
      'vitepress',
      {
        'docs/.vitepress/config.mts':
          "export default defineConfig({ title: 'T', base: '/x/', sitemap: { hostname: 'https://t.example' } })",
      },
      { name: 'T', url: 'https://t.example/x/', output: 'docs/.vitepress/dist', served: 'docs/public' },
    ],
    [
      'gatsby',
      {
        'gatsby-config.js':
          "module.exports = { siteMetadata: { title: 'T', siteUrl: 'https://t.example' } };",
      },
      { name: 'T', url: 'https://t.example/', output: 'public', served: 'static' },
    ],
    [
      'next',
      {
        'next.config.ts': "export default { output: 'export' };",
        'package.json': '{"homepage":"https://t.example"}',
      },
      { url: 'https://t.example/', output: 'out', served: 'public', notes: [] },
    ],
    [
      'zola',
      { 'config.toml': 'title = "T"\nbase_url = "https://t.example"\n' },
      { name: 'T', url: 'https://t.example/', output: 'public', served: 'static' },
    ],
    [
      'mkdocs',
      {
        'mkdocs.yml':
          'site_name: T\nsite_url: https://t.example/x/\nsite_dir: built\nmarkdown_extensions:\n  - a: !!python/name:b.c\n',
      },
      { name: 'T', url: 'https://t.example/x/', output: 'built', served: 'docs', notes: [] },
    ],
  ])('%s', async (preset, files, expected) => {
    expect(await facts(preset, files)).toMatchObject(expected);
  });

  test('the address of a config that is computed, or of none, is not made up', async () => {
    expect(
      (await facts('astro', { 'astro.config.mjs': 'export default { site: process.env.SITE };' })).url,
    ).toBeUndefined();
    for (const { name } of Object.values(GENERATORS)) expect((await facts(name, {})).url).toBeUndefined();
    expect((await facts('hugo', { 'hugo.toml': 'baseURL = "/"' })).url).toBeUndefined();
  });
});

describe('the social plugin of Material for MkDocs', () => {
  test.each<[string, object]>([
    [
      'plugins: [search, social]\ntheme: { name: material, palette: { primary: deep purple }, logo: assets/logo.svg }\n',
      { accent: '#7e56c2', logo: 'docs/assets/logo.svg', notes: [expect.stringContaining('cards: false')] },
    ],
    [
      'plugins:\n  - material/social:\n      cards_layout_options: { background_color: "#123456", logo: docs/a.png }\n',
      { accent: '#123456', logo: 'docs/a.png', notes: [expect.stringContaining('cards: false')] },
    ],
    [
      'plugins:\n  social:\n    cards: false\ntheme: { palette: [{ scheme: default }, { primary: teal }] }\n',
      { accent: '#009485', notes: [] },
    ],
    ['plugins:\n  - social:\n      enabled: false\n', { notes: [] }],
    ['plugins:\n  - search\n', { notes: [] }],
  ])('%j', async (text, expected) => {
    expect(await facts('mkdocs', { 'mkdocs.yml': `site_name: T\n${text}` })).toMatchObject(expected);
  });
});

test('a site of an unknown generator has the folder that holds its pages', async () => {
  expect(await facts(null, { '_site/a.html': '', 'content/a.md': '' })).toMatchObject({ output: '_site' });
  expect(nameOfFolder('/home/x/my_slow-blog.dev')).toBe('My Slow Blog Dev');
});

test('the configuration holds exactly what was answered, whatever it holds', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(text, text, fc.boolean(), async (siteName, logo, isBefore) => {
      const answers = {
        preset: 'hugo' as const,
        siteName,
        siteUrl: 'https://t.example',
        when: isBefore ? ('before' as const) : ('after' as const),
        pages: 'public',
        store: null,
        publicUrl: null,
        template: 'default',
      };
      const options = {
        facts: { served: 'static', logo, accent: '#fff' },
        label: 'Hugo',
        isInstalled: false,
      };
      const folder = await folderWith({ 'og.config.ts': configText(answers, options) });
      const written = await importConfig(`${folder}/og.config.ts`);
      expect(resolveConfig(written, folder, null)).toMatchObject({ inject: !isBefore });
      expect(written).toEqual({
        ...(isBefore
          ? { preset: 'hugo', store: 'static/og', publicUrl: 'https://t.example/og' }
          : { pages: 'public', inject: true }),
        site: { name: siteName, url: 'https://t.example', logo, accent: '#fff' },
        template: 'default',
      });
    }),
    { numRuns: 40 },
  );
});

test('where og-sync is installed the configuration is typed', () => {
  const answers = {
    preset: null,
    siteName: null,
    siteUrl: 'https://t.example',
    when: 'before',
    pages: '',
    store: null,
    publicUrl: null,
    template: 'docs',
  } as const;
  const text = configText(answers, { facts: { served: '.' }, label: null, isInstalled: true });
  expect(text).toContain("import { defineConfig } from 'og-sync';");
  expect(text).toContain("content: 'content',");
  expect(text).toContain("store: 'og',");
});
