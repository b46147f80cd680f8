import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { UserConfig } from '../config/config.ts';
import { resolveConfig } from '../config/config.ts';
import { folderWith } from '../testing/files.ts';
import { slugOfAddress } from './address.ts';
import type { BuiltPage } from './presets/testing/crawl.ts';
import { SITES, sourceOf } from './presets/testing/sites.ts';
import { scan } from './scan.ts';

const NOW = new Date('2026-01-01T00:00:00Z');

const scanned = (root: string, user: UserConfig = {}) => scan(resolveConfig(user, root, null), { now: NOW });

async function scanFiles(files: Record<string, string>, user: UserConfig = {}) {
  const found = await scanned(await folderWith(files), user);
  return { ...found, slugs: found.posts.map(({ post }) => post.slug) };
}

const built = (name: string): BuiltPage[] =>
  JSON.parse(
    readFileSync(new URL(`presets/testing/built/${name}.json`, import.meta.url), 'utf8'),
  ) as BuiltPage[];

test.each(Object.entries(SITES).flatMap(([name, { preset }]) => (preset === null ? [] : [[name, preset]])))(
  '%s is recognised with no configuration at all, and each of its pages has its post',
  async (name, preset) => {
    const { posts, problems, notices } = await scanned(sourceOf(name));
    expect(notices[0]).toContain(`Recognised as a site of ${preset}`);
    expect(problems).toEqual([]);
    const wanted = built(name)
      .filter(({ source, address }) => source !== null && !/\/404|\/dynamic\//.test(address))
      .map(({ source, address }) => `${slugOfAddress(address)} ← ${source}`);
    expect(posts.map(({ post, file }) => `${post.slug} ← ${file}`).sort()).toEqual(wanted.sort());
  },
);

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The built site as files, from what is kept of it. */
function htmlOf(pages: readonly BuiltPage[]): Record<string, string> {
  return Object.fromEntries(
    pages.map(({ address, title, lang }) => [
      `${address.slice(1)}${address.endsWith('/') ? 'index.html' : ''}`,
      `<!doctype html><html lang="${lang ?? ''}"><head><title>${escaped(title ?? 'Untitled')}</title></head><body></body></html>`,
    ]),
  );
}

describe('content and built pages together', () => {
  it.each([
    ['hugo', 'hugo'],
    ['docusaurus', 'docusaurus'],
    ['vitepress', 'vitepress'],
    ['jekyll', 'jekyll'],
  ] as const)(
    'of %s: each post has its page, and a page without a file is its own post',
    async (name, preset) => {
      const made = built(name);
      const pages = await folderWith(htmlOf(made));
      const { posts, site, problems, notices } = await scanned(sourceOf(name), { preset, pages });
      expect({ problems, notices, withoutPage: site?.withoutPage }).toEqual({
        problems: [],
        notices: [],
        withoutPage: [],
      });
      expect(site?.pages).toHaveLength(made.length);
      const real = made.filter(({ address }) => !/\/404/.test(address));
      const ofFiles = real.filter(({ source }) => source !== null && !source.includes('['));
      expect(posts.filter(({ file }) => !file.startsWith('../'))).toHaveLength(ofFiles.length);
      expect(posts).toHaveLength(real.length);
    },
  );

  it('names a post that has no page', async () => {
    const pages = await folderWith({
      'a/index.html': '<title>A</title>',
      'tags/index.html': '<title>Tags</title>',
    });
    const root = await folderWith({
      'hugo.toml': '',
      'content/a.md': '---\ntitle: From the file\n---\n',
      'content/since.md': '---\ntitle: Written since\n---\n',
    });
    const { posts, site } = await scanned(root, { preset: 'hugo', pages });
    expect(posts.map(({ post }) => [post.slug, post.title])).toEqual([
      ['a', 'From the file'],
      ['since', 'Written since'],
      ['tags', 'Tags'],
    ]);
    expect(site?.withoutPage).toEqual(['content/since.md']);
  });
});

describe('a preset', () => {
  const hugo = {
    'hugo.toml': 'title = "Site"',
    'content/posts/A Post.md': '---\ntitle: The `first` *post*\ndescription: With **weight**\n---\n',
    'content/posts/untitled-page.md': '---\ndate: 2024-01-02\n---\n',
    'content/posts/heading.md': 'Text\n\n## A heading\n',
    'content/posts/off.md': '---\ntitle: T\nog: false\n---\n',
    'content/posts/own.md': '---\ntitle: T\nog: {title: "Own *title*", template: docs}\n---\n',
    'content/_index.md': '',
    'notes/x.md': '---\ntitle: T\nslug: elsewhere\n---\n',
  };

  it('gives addresses, and titles as a reader sees them', async () => {
    const { posts } = await scanFiles(hugo);
    expect(posts.map(({ post }) => [post.address, post.title, post.description])).toEqual([
      ['/', 'Site', undefined],
      ['/posts/a-post/', 'The first post', 'With weight'],
      ['/posts/heading/', 'A heading', undefined],
      ['/posts/own/', 'Own title', undefined],
      ['/posts/untitled-page/', 'Untitled page', undefined],
    ]);
  });

  it('is not told when it is named, and none is none', async () => {
    expect((await scanFiles(hugo, { preset: 'hugo' })).notices).toEqual([]);
    const { slugs, notices } = await scanFiles(hugo, { preset: 'none' });
    expect(slugs).toContain('posts/A-Post');
    expect(notices).toEqual([expect.stringContaining('1 file is left out')]);
  });

  it('leaves what its generator does not read to the general rules, where content names it', async () => {
    const { slugs } = await scanFiles(hugo, { content: ['notes/*.md', 'content/posts/A*.md'] });
    expect(slugs).toEqual(['posts/a-post', 'elsewhere']);
  });

  it('names what it cannot know, how many files that costs, and the cure', async () => {
    const files = {
      '.vitepress/config.js': 'export default { rewrites: (id) => id.toLowerCase() };',
      'a.md': '# A\n',
      'b.md': '# B\n',
    };
    const told =
      'Not known before the build: rewrites in .vitepress/config.js are computed; 2 files are left out. Name the built site in pages (--pages DIR) to read them from there.';
    await expect(scanFiles(files, { preset: 'vitepress' })).rejects.toThrow(told);
    const built = { 'dist/a-page.html': '<title>A page</title>' };
    const { slugs, notices } = await scanFiles(
      { ...files, ...built },
      { preset: 'vitepress', pages: 'dist' },
    );
    expect({ slugs, notices }).toEqual({ slugs: ['a-page'], notices: [] });
    const some = {
      'eleventy.config.js': '',
      'a.md': '---\npermalink: "/{{ title | slug }}/"\n---\n',
      'b.md': '# B\n',
    };
    expect(await scanFiles(some, { preset: 'eleventy' })).toMatchObject({
      slugs: ['b'],
      notices: [
        'Not known before the build: a program makes the addresses; 1 file is left out. Name the built site in pages (--pages DIR) to read them from there.',
      ],
    });
  });

  it('takes no code: front matter that is a program is left out where the generator runs it, and refused elsewhere', async () => {
    const post = '---js\n{ title: "x" }\n---\n';
    const eleventy = await scanFiles({ 'eleventy.config.js': '', 'a.md': post, 'b.md': '# B\n' });
    expect(eleventy).toMatchObject({ slugs: ['b'], problems: [] });
    const { problems } = await scanFiles({ 'hugo.toml': '', 'content/a.md': post });
    expect(problems).toMatchObject([{ code: 'front_matter_language' }]);
  });

  it("knows whose template a template is, and what the generator's keys stand for", async () => {
    const zola = await scanFiles({
      'config.toml': 'base_url = "/"',
      'content/a.md': '+++\ntitle = "T"\ntemplate = "docs"\n+++\n',
    });
    expect(zola.posts[0]?.maybeTemplate).toBeUndefined();
    const docusaurus = await scanFiles({
      'docusaurus.config.js': 'module.exports = { presets: ["classic"] };',
      'blog/authors.yml': 'ada:\n  name: Ada Lovelace\n',
      'blog/tags.yml': 'x:\n  label: All of X\n',
      'blog/2024-01-02-a.md': '---\nauthors: ada\ntags: [x, y]\n---\n# A\n',
    });
    expect(docusaurus.posts[0]?.post).toMatchObject({
      author: 'Ada Lovelace',
      tags: ['All of X', 'y'],
      date: '2024-01-02',
      address: '/blog/2024/01/02/a/',
    });
  });
});

describe('map', () => {
  it('runs for every file, sees address, heading and file, and has the last word', async () => {
    const seen: unknown[] = [];
    const { posts } = await scanFiles(
      {
        'hugo.toml': '',
        'content/a.md': '---\ntitle: In front\n---\n# The *heading*\n',
        'content/b.md': '---\ndate: 2024-01-02\n---\nText\n',
      },
      {
        map: (post, { file, heading, frontMatter }) => {
          seen.push([file, post.address, post.title, heading, Object.keys(frontMatter)]);
          return heading === null ? null : { title: `${heading}!`, slug: 'mine' };
        },
      },
    );
    expect(seen).toEqual([
      ['content/a.md', '/a/', 'In front', 'The heading', ['title']],
      ['content/b.md', '/b/', 'B', null, ['date']],
    ]);
    expect(posts.map(({ post }) => [post.slug, post.title])).toEqual([['mine', 'The heading!']]);
  });
});

describe('without a preset', () => {
  it.each([
    [undefined, 'Use now', [{ kind: 'code', from: 4, to: 7 }]],
    ['html', 'Use `now`', undefined],
    ['plain', 'Use <b>`now`</b>', undefined],
  ] as const)('a title holds what the configuration says: text %s', async (text, title, marks) => {
    const { posts } = await scanFiles(
      { 'a.md': `---\ntitle: ${text === undefined ? 'Use `now`' : 'Use <b>`now`</b>'}\n---\n` },
      { content: ['*.md'], ...(text !== undefined && { text }) },
    );
    expect(posts.map(({ post }) => post.title)).toEqual([title]);
    if (text === undefined) expect(posts[0]?.post.marks?.title).toEqual(marks);
  });

  it('the first heading is the title of a file that has no other, and a file without either is counted, no problem', async () => {
    const { posts, problems, notices } = await scanFiles({
      'content/a.md': '# Only a *heading*\n',
      'content/b.md': '---\ndate: 2024-01-02\n---\n\n## Below\n',
      'content/c.md': '---\ntitle: "*As it is*"\n---\n# Not this\n',
      'content/empty.md': '',
      'content/text.md': 'Only text.\n',
      'content/untitled.md': '---\ndate: 2024-01-02\n---\nText\n',
    });
    expect(posts.map(({ post }) => post.title)).toEqual(['Only a heading', 'Below', 'As it is']);
    expect(problems).toMatchObject([{ file: 'content/untitled.md', code: 'no_title' }]);
    expect(notices).toEqual([
      '2 files are left out that have neither front matter nor a heading, such as content/empty.md.',
    ]);
  });
});
