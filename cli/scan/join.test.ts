import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/config.ts';
import { folderWith } from '../testing/files.ts';
import { scan } from './scan.ts';

const post = (title: string, more = '') => `---\ntitle: ${title}\n${more}---\n`;
const page = (title: string, more = '') =>
  `<html><head><title>${title}</title>${more}</head><body></body></html>`;
const SITE = { url: 'https://site.example' };

async function join(files: Record<string, string>, user: object = {}) {
  const root = await folderWith(files);
  const config = resolveConfig(
    { content: 'content/**/*.md', pages: 'public', site: SITE, ...user },
    root,
    null,
  );
  const { posts, problems, site } = await scan(config, { now: new Date('2025-06-01') });
  return {
    posts: posts.map(({ file, post }) => `${file}: ${post.slug} ${post.title}`),
    shown: site?.shown.map(({ page, post }) => `${page.file} ← ${post.file}`),
    withoutPage: site?.withoutPage,
    problems,
  };
}

describe('posts of the content and pages of the built site', () => {
  it('are joined by address; pages of their own are posts, and posts without a page are named', async () => {
    const found = await join({
      'content/a.md': post('A'),
      'content/b.md': post('B', 'slug: bee\n'),
      'content/c.md': post('C'),
      'content/draft.md': post('D', 'draft: true\n'),
      'public/index.html': page('Home'),
      'public/a/index.html': page('Page A'),
      'public/bee.html': page('Page B'),
      'public/tags/index.html': page('Tags', '<meta name=robots content=noindex>'),
    });
    expect(found).toEqual({
      posts: [
        'content/a.md: a A',
        'content/b.md: bee B',
        'content/c.md: c C',
        'public/index.html: index Home',
      ],
      shown: [
        'public/a/index.html ← content/a.md',
        'public/bee.html ← content/b.md',
        'public/index.html ← public/index.html',
      ]
        .map((line) => line.replace('public/', ''))
        .map((line) => line.replace('← index', '← public/index')),
      withoutPage: ['content/c.md'],
      problems: [],
    });
  });

  it('agree on an address that map gives, and leave the one of the page alone where og.slug names the image', async () => {
    const found = await join(
      {
        'content/a.md': post('A'),
        'content/b.md': post('B', 'og:\n  slug: card\n'),
        'public/blog/a.html': page('P'),
        'public/b.html': page('Q'),
      },
      { map: ({ slug }: { slug: string }) => (slug === 'a' ? { slug: 'blog/a' } : {}) },
    );
    expect(found).toMatchObject({
      posts: ['content/a.md: blog/a A', 'content/b.md: card B'],
      shown: ['b.html ← content/b.md', 'blog/a.html ← content/a.md'],
      withoutPage: [],
    });
  });

  it('write to a copy what they write to the page itself', async () => {
    const canonical = '<link rel=canonical href="https://site.example/a/">';
    const { shown, posts } = await join({
      'content/x.md': post('X'),
      'public/a/index.html': page('A', canonical),
      'public/print/a.html': page('A', canonical),
    });
    expect(posts).toEqual(['content/x.md: x X', 'public/a/index.html: a A']);
    expect(shown).toEqual(['a/index.html ← public/a/index.html', 'print/a.html ← public/a/index.html']);
  });

  it('make no card where the page says so', async () => {
    const found = await join(
      {
        'content/a.md': post('A'),
        'content/b.md': post('B'),
        'content/c.md': post('C', 'image: c.png\n'),
        'public/a.html': page('A', '<meta name="og-sync" content="off">'),
        'public/b.html': page('B', '<meta property="og:image" content="/b.png">'),
        'public/c.html': page('C', '<meta property="og:image" content="/c.png">'),
        'public/d.html': page('D'),
      },
      { own: 'keep' },
    );
    expect(found).toMatchObject({
      posts: ['public/d.html: d D'],
      shown: ['d.html ← public/d.html'],
      withoutPage: [],
    });
  });

  it('are told when there is no built site, or nothing in it', async () => {
    await expect(join({ 'content/a.md': post('A') })).rejects.toThrow('There is no built site at');
    const config = { content: undefined };
    await expect(join({ 'public/style.css': '' }, { ...config })).rejects.toThrow(
      /No file matches|No page in/,
    );
  });
});
