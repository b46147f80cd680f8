/**
 * Generators that are not built here, and what the built sites do not show: addresses as each generator's documentation or own tests
 * tell them. The source of each table is named above it.
 */
import { expect, test } from 'vitest';
import { folderWith } from '../../testing/files.ts';
import { madeOf } from './testing/made.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const toml = (text: string) => `+++\n${text}\n+++\n`;
const i18n = (more: string) =>
  `plugins:\n  - i18n:\n${more}      languages:\n        - {locale: en, default: true, build: true}\n        - {locale: fr, build: true}\n        - {locale: de, build: false}\n`;
const page = (fields: Record<string, unknown> = {}) =>
  `---\n${JSON.stringify({ title: 'T', ...fields })}\n---\n`;

async function addressesOf(preset: string, files: Record<string, string>): Promise<Record<string, string[]>> {
  const { pages, computed } = await madeOf(await folderWith(files), preset, NOW);
  const found: Record<string, string[]> = Object.fromEntries(computed.map((file) => [file, ['computed']]));
  for (const { file, address, lang } of pages)
    (found[file] ??= []).push(lang === null ? address : `${lang} ${address}`);
  return found;
}

// getzola/zola docs/content/documentation/content/{overview,page,section,multilingual}.md, components/content/src/page.rs (tests),
// components/utils/src/slugs.rs (tests)
test('Zola: folders as they are, slugs of names, dates left out, path and slug, languages', async () => {
  const found = await addressesOf('zola', {
    'config.toml': 'base_url = "https://z.example"\n[languages.fr]\n',
    'content/_index.md': toml('title = "Home"'),
    'content/_index.fr.md': toml('title = "Accueil"'),
    'content/blog/_index.md': toml('title = "Blog"'),
    'content/blog/hello.md': toml('title = "T"'),
    'content/blog/hello.fr.md': toml('title = "T"'),
    'content/blog/2018-10-08_hello-again.md': toml('title = "T"'),
    'content/blog/2018-10-02T15:00:00Z-timed.md': toml('title = "T"'),
    'content/blog/2018-10-09.md': toml('title = "T"'),
    'content/blog/with-assets/index.md': toml('title = "T"'),
    'content/blog/2018-06-02-assets/index.md': toml('title = "T"'),
    'content/blog/Test (Hey) héhé.md': toml('title = "T"'),
    'content/blog/slug.md': toml('title = "T"\nslug = "Hello, World"'),
    'content/blog/path.md': toml('title = "T"\npath = "some/where"'),
    'content/Folder As It Is/page.md': toml('title = "T"'),
    'content/blog/日本.md': toml('title = "T"'),
    'content/blog/draft.md': toml('title = "T"\ndraft = true'),
    'content/blog/hidden/_index.md': toml('render = false'),
    'content/yaml.md': page(),
    'content/without.md': '# No front matter\n',
  });
  expect(found).toEqual({
    'content/_index.md': ['en /'],
    'content/_index.fr.md': ['fr /fr/'],
    'content/blog/_index.md': ['en /blog/'],
    'content/blog/hello.md': ['en /blog/hello/'],
    'content/blog/hello.fr.md': ['fr /fr/blog/hello/'],
    'content/blog/2018-10-08_hello-again.md': ['en /blog/hello-again/'],
    'content/blog/2018-10-02T15:00:00Z-timed.md': ['en /blog/timed/'],
    'content/blog/2018-10-09.md': ['en /blog/2018-10-09/'],
    'content/blog/with-assets/index.md': ['en /blog/with-assets/'],
    'content/blog/2018-06-02-assets/index.md': ['en /blog/assets/'],
    'content/blog/Test (Hey) héhé.md': ['en /blog/test-hey-hehe/'],
    'content/blog/slug.md': ['en /blog/hello-world/'],
    'content/blog/path.md': ['en /some/where/'],
    'content/Folder As It Is/page.md': ['en /Folder As It Is/page/'],
    'content/blog/日本.md': ['computed'],
    'content/yaml.md': ['en /yaml/'],
  });
});

test('Zola: slugify.paths, paths_keep_dates and default_language are read', async () => {
  const found = await addressesOf('zola', {
    'zola.toml':
      'base_url = "/"\ndefault_language = "ja"\n[slugify]\npaths = "safe"\npaths_keep_dates = true\n[languages.en]\n',
    'content/日本.md': page(),
    'content/test (hey). .md': page(),
    'content/2024-01-02-kept.md': page(),
    'content/a.en.md': page(),
  });
  expect(found).toEqual({
    'content/日本.md': ['ja /日本/'],
    'content/test (hey). .md': ['ja /test (hey)/'],
    'content/2024-01-02-kept.md': ['ja /2024-01-02-kept/'],
    'content/a.en.md': ['en /en/a/'],
  });
});

// gatsbyjs/gatsby packages/gatsby-source-filesystem/README.md (createFilePath), docs/tutorial part 6 and 7, starters/blog
test('Gatsby: the path below the folder of the source, index folded away, slug and path of front matter', async () => {
  const found = await addressesOf('gatsby', {
    'gatsby-config.js':
      'module.exports = { plugins: ["gatsby-plugin-mdx", { resolve: `gatsby-source-filesystem`, options: { name: "blog", path: `${__dirname}/content/blog` } }, { resolve: "gatsby-source-filesystem", options: { path: require("path").join(__dirname, "src", "images") } }] };',
    'content/blog/hello-world/index.md': page(),
    'content/blog/my-second-post.mdx': page(),
    'content/blog/slug.md': page({ slug: 'my-slug' }),
    'content/blog/path.md': page({ path: '/over/here' }),
    'content/blog/draft.md': page({ draft: true }),
    'src/pages/about.mdx': page(),
    'src/pages/index.mdx': page(),
  });
  expect(found).toEqual({
    'content/blog/hello-world/index.md': ['/hello-world/'],
    'content/blog/my-second-post.mdx': ['/my-second-post/'],
    'content/blog/slug.md': ['/my-slug/'],
    'content/blog/path.md': ['/over/here/'],
    'src/pages/about.mdx': ['/about/'],
    'src/pages/index.mdx': ['/'],
  });
});

// vercel/next.js docs/01-app/02-guides/mdx.mdx, 03-api-reference/03-file-conventions/{route-groups,dynamic-routes}.mdx,
// examples/blog-starter; contentlayer.dev/docs/getting-started
test('Next: markdown routes of both routers, groups left out, posts below the route of their folder', async () => {
  const found = await addressesOf('next', {
    'next.config.mjs': 'export default {};',
    'app/page.mdx': page(),
    'app/about/page.mdx': page(),
    'app/(marketing)/prices/page.mdx': page(),
    'app/blog/[slug]/page.tsx': '',
    'app/docs/[...slug]/page.tsx': '',
    'src/pages/old.mdx': page(),
    'src/pages/index.md': page(),
    'content/blog/hello.mdx': page(),
    'content/docs/a/b.mdx': page(),
    'content/docs/index.mdx': page(),
    'content/notes/c.md': page(),
  });
  expect(found).toEqual({
    'app/page.mdx': ['/'],
    'app/about/page.mdx': ['/about'],
    'app/(marketing)/prices/page.mdx': ['/prices'],
    'src/pages/old.mdx': ['/old'],
    'src/pages/index.md': ['/'],
    'content/blog/hello.mdx': ['/blog/hello'],
    'content/docs/a/b.mdx': ['/docs/a/b'],
    'content/docs/index.mdx': ['/docs'],
    'content/notes/c.md': ['/notes/c'],
  });
});

test('Next: the one route of all posts is theirs, as in the blog starter', async () => {
  const found = await addressesOf('next', {
    'next.config.js': 'module.exports = {};',
    'src/app/posts/[slug]/page.tsx': '',
    '_posts/hello.md': page(),
    '_posts/draft.md': page({ published: false }),
  });
  expect(found).toEqual({ '_posts/hello.md': ['/posts/hello'] });
});

// ultrabug.github.io/mkdocs-static-i18n: quick start, "Controlling your navigation", "Localizing pages"
test('MkDocs: languages as suffixes fall back to the default language', async () => {
  const docs = {
    'docs/index.md': '# Home\n',
    'docs/index.fr.md': '# Accueil\n',
    'docs/topic/only.md': '# Only\n',
    'docs/topic/only.de.md': '# Nur\n',
  };
  expect(await addressesOf('mkdocs', { 'mkdocs.yml': i18n(''), ...docs })).toEqual({
    'docs/index.md': ['en /'],
    'docs/index.fr.md': ['fr /fr/'],
    'docs/topic/only.md': ['en /topic/only/', 'fr /fr/topic/only/'],
    'docs/topic/only.de.md': ['en /topic/only.de/', 'fr /fr/topic/only.de/'],
  });
  const alone = i18n('      fallback_to_default: false\n');
  expect((await addressesOf('mkdocs', { 'mkdocs.yml': alone, ...docs }))['docs/topic/only.md']).toEqual([
    'en /topic/only/',
  ]);
});

test('MkDocs: languages as folders', async () => {
  const found = await addressesOf('mkdocs', {
    'mkdocs.yml':
      'use_directory_urls: false\nexclude_docs: |\n  drafts/\n  *.tmp.md\nplugins:\n  - i18n:\n      docs_structure: folder\n      languages:\n        - {locale: en, default: true}\n        - {locale: pt_BR}\n',
    'docs/en/a.md': '# A\n',
    'docs/en/b.md': '# B\n',
    'docs/pt_BR/a.md': '# A\n',
    'docs/en/drafts/c.md': '# C\n',
    'docs/en/d.tmp.md': '# D\n',
  });
  expect(found).toEqual({
    'docs/en/a.md': ['en /a.html'],
    'docs/en/b.md': ['en /b.html', 'pt-BR /pt_BR/b.html'],
    'docs/pt_BR/a.md': ['pt-BR /pt_BR/a.html'],
  });
});

// gohugo.io/configuration/{permalinks,languages,module,ugly-urls,build}, content-management/front-matter; forms that are younger than
// the Hugo that builds the sites here
test('Hugo: permalinks by kind and by target, mounts, tokens in url, build and cascade of today', async () => {
  const found = await addressesOf('hugo', {
    'hugo.yaml':
      'permalinks: {page: {posts: "/:year/:contentbasename/"}, section: {posts: "/p/:slug/"}}\nmodule: {mounts: [{source: texts, target: content}, {source: textes, target: content, lang: fr}]}\nlanguages: {en: {}, fr: {locale: fr-CA}}\ncascade: [{target: {path: "/parts/**"}, build: {render: never}}]\n',
    'texts/posts/_index.md': page({ title: 'All Posts' }),
    'texts/posts/a.md': page({ date: '2024-05-06', slug: 'other' }),
    'texts/posts/tokens.md': page({ date: '2024-05-06', url: '/blog/:year/:slug/', slug: 'x' }),
    'texts/posts/undated.md': page(),
    'texts/posts/far.md': page({ url: 'https://other.example/x' }),
    'texts/parts/x.md': page(),
    'texts/parts/hidden.md': page({ build: { render: 'link' } }),
    'textes/posts/b.md': page({ date: '2024-05-06' }),
    'content/ignored.md': page(),
  });
  expect(found).toEqual({
    'texts/posts/_index.md': ['en /p/all-posts/'],
    'texts/posts/a.md': ['en /2024/a/'],
    'texts/posts/tokens.md': ['en /blog/2024/x/'],
    'texts/posts/undated.md': ['computed'],
    'texts/posts/far.md': ['computed'],
    'textes/posts/b.md': ['fr-CA /fr/2024/b/'],
  });
});

// jekyllrb.com/docs/permalinks (built-in styles, placeholders)
test.each([
  ['date', '/news/2024/01/09/a-Title.html'],
  ['pretty', '/news/2024/01/09/a-Title/'],
  ['ordinal', '/news/2024/009/a-Title.html'],
  ['weekdate', '/news/2024/W02/Tue/a-Title.html'],
  ['none', '/news/a-Title.html'],
  ['/:short_year/:i_day/:long_month/:slug', '/24/9/January/a-title.html'],
  ['/:w_year-:week/:w_day/:y_day/:hour:minute:second/:slugified_categories/', '/2024-02/2/009/134500/news/'],
])('Jekyll: the style %s', async (permalink, address) => {
  const found = await addressesOf('jekyll', {
    '_config.yml': `permalink: ${permalink}\n`,
    '_posts/2024-01-09-a-Title.md': page({ categories: 'News', date: '2024-01-09 13:45:00' }),
  });
  expect(found).toEqual({ '_posts/2024-01-09-a-Title.md': [address] });
});

test('Jekyll: a date that cannot be read is that of the name', async () => {
  const found = await addressesOf('jekyll', {
    '_config.yml': 'permalink: /:year/:month/:title/\n',
    '_posts/2023-01-29-a.md': page({ date: '2023-02-29 18:30:22 2023 -0800' }),
  });
  expect(found).toEqual({ '_posts/2023-01-29-a.md': ['/2023/01/a/'] });
});

// docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs#include
test('Docusaurus: include and exclude, content outside of the folder, and options that are functions', async () => {
  const found = await addressesOf('docusaurus', {
    'docusaurus.config.ts':
      "import type { Config } from '@docusaurus/types';\nexport default async function make(): Promise<Config> { return { presets: [['classic', { docs: { path: 'texts', routeBasePath: '/', include: ['{api,usage}/**/*.md', 'FAQ.md'], exclude: ['api/private/**'] }, blog: false }]] }; }",
    'texts/api/a.md': page(),
    'texts/api/private/b.md': page(),
    'texts/FAQ.md': page(),
    'texts/other/c.md': page(),
    'blog/d.md': page(),
  });
  expect(found).toEqual({ 'texts/api/a.md': ['en /api/a/'], 'texts/FAQ.md': ['en /FAQ/'] });
});

// YAML 1.1, which Ruby and Python read: yes and no are booleans, of a key twice the last counts
test('Jekyll and MkDocs: settings as their own parsers read them', async () => {
  const jekyll = await addressesOf('jekyll', {
    '_config.yml':
      'permalink: none\npermalink: pretty\nfuture: yes\nshow_drafts: no\ncollections:\n  docs:\n    output: on\n',
    '_posts/2199-01-02-a.md': page(),
    '_drafts/b.md': page(),
    '_docs/c.md': page(),
  });
  expect(jekyll).toEqual({
    '_posts/2199-01-02-a.md': ['/2199/01/02/a/'],
    '_docs/c.md': ['/docs/c/'],
  });
  const mkdocs = await addressesOf('mkdocs', {
    'mkdocs.yml': 'use_directory_urls: no\nx: !!python/name:a.b\nnav: [\n  {Named: a.md},\n]\n',
    'docs/a.md': '# A\n',
  });
  expect(mkdocs).toEqual({ 'docs/a.md': ['en /a.html'] });
});
