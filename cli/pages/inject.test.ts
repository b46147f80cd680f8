import { writeFileSync as writeFileNow } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBuiltSite } from '../config/built-site.ts';
import { resolveConfig } from '../config/config.ts';
import { scan } from '../scan/scan.ts';
import { folderWith } from '../testing/files.ts';
import { metasOfHead } from '../testing/metas.ts';
import { unifiedDiff } from './diff.ts';
import { inject } from './inject.ts';
import type { PageChange, InjectOptions } from './inject.ts';
import { wantedTags } from './wanted.ts';

const USER = {
  pages: 'public',
  site: { url: 'https://site.example' },
  publicUrl: 'https://site.example/og/',
};
const page = (title: string, more = '') =>
  `<!doctype html>\n<html>\n<head>\n<title>${title}</title>${more}\n</head>\n<body></body>\n</html>\n`;

async function run(root: string, options: Partial<InjectOptions> = {}, user: object = {}) {
  const config = withBuiltSite(resolveConfig({ ...USER, ...user }, root, null));
  const { site } = await scan(config, { now: new Date() });
  if (site === null) throw new Error('A site was named.');
  return inject(site, {
    folder: join(root, 'public'),
    shownFolder: 'public',
    isOurs: () => false,
    wanted: (page, post) =>
      wantedTags(page, post, [{ key: `${post.post.slug}.jpg`, output: config.output }], config),
    dryRun: false,
    signal: new AbortController().signal,
    ...options,
  });
}

const metas = async (root: string, file: string) =>
  metasOfHead(await readFile(join(root, 'public', file), 'utf8'));

/** Root may write everything: the rights are those of a user without any. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('tags in the pages of a site', () => {
  it('are written into each page that shows a post, and a second run touches none', async () => {
    const root = await folderWith({ 'public/index.html': page('Home'), 'public/a/index.html': page('A') });
    expect(await run(root)).toEqual({ written: 2, same: 0, problems: [] });
    expect((await metas(root, 'a/index.html'))['og:image']).toEqual(['https://site.example/og/a.jpg']);
    expect((await metas(root, 'index.html'))['og:url']).toEqual(['https://site.example/']);
    const past = new Date('2020-01-01');
    await utimes(join(root, 'public/index.html'), past, past);
    expect(await run(root)).toEqual({ written: 0, same: 2, problems: [] });
    expect((await stat(join(root, 'public/index.html'))).mtime).toEqual(past);
  });

  it('leave pages alone whose image is not there, and go from pages that have none any more', async () => {
    const root = await folderWith({ 'public/a.html': page('A'), 'public/b.html': page('B') });
    await run(root);
    const off = '<meta name="og-sync" content="off">';
    const written = await readFile(join(root, 'public/b.html'), 'utf8');
    await writeFile(join(root, 'public/b.html'), written.replace('</head>', `${off}</head>`));
    expect(await run(root, { wanted: () => null })).toEqual({ written: 1, same: 0, problems: [] });
    expect(await readFile(join(root, 'public/b.html'), 'utf8')).toBe(
      page('B').replace('</head>', `${off}</head>`),
    );
    expect((await metas(root, 'a.html'))['og:image']).toHaveLength(1);
  });

  it('are shown as a diff when nothing is to be written', async () => {
    const root = await folderWith({
      'public/a.html': Buffer.from(page('\xdc', '<meta charset=latin1>'), 'latin1'),
    });
    const before = await readFile(join(root, 'public/a.html'));
    const changes: PageChange[] = [];
    expect(await run(root, { dryRun: true, onChange: (change) => changes.push(change) })).toMatchObject({
      written: 1,
    });
    expect(await readFile(join(root, 'public/a.html'))).toEqual(before);
    const [change] = changes;
    const lines = (change === undefined ? '' : unifiedDiff(change)).split('\n');
    expect(lines.slice(0, 2)).toEqual(['--- a/a.html', '+++ b/a.html']);
    expect(lines).toContain(' <title>Ü</title><meta charset=latin1>');
    expect(lines.filter((line) => line.startsWith('-') && !line.startsWith('---'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('+<meta')).length).toBeGreaterThan(8);
  });

  it('come through a link into the page that it names, with its mode', async () => {
    const root = await folderWith({ 'public/a.html': page('A') });
    await symlink('a.html', join(root, 'public/b.html'));
    await chmod(join(root, 'public/a.html'), 0o640);
    await run(root);
    expect((await lstat(join(root, 'public/b.html'))).isSymbolicLink()).toBe(true);
    expect((await stat(join(root, 'public/a.html'))).mode & 0o777).toBe(0o640);
    expect((await metas(root, 'a.html'))['og:image']).toHaveLength(1);
    expect(await readdir(join(root, 'public'))).toEqual(['a.html', 'b.html']);
  });

  it('do not leave the site through a link', async () => {
    const root = await folderWith({ 'elsewhere/a.html': page('A'), 'public/b.html': page('B') });
    await symlink('../elsewhere/a.html', join(root, 'public/a.html'));
    const { written, problems } = await run(root);
    expect(written).toBe(1);
    expect(problems).toEqual([
      {
        file: 'public/a.html',
        code: 'unwritable',
        message: expect.stringContaining('leads out of') as string,
      },
    ]);
    expect(await readFile(join(root, 'elsewhere/a.html'), 'utf8')).toBe(page('A'));
  });

  it('are not written over what somebody else writes meanwhile', async () => {
    const root = await folderWith({ 'public/a.html': page('A') });
    const path = join(root, 'public/a.html');
    const { problems } = await run(root, {
      onChange: ({ before }) => {
        before();
        writeFileNow(path, page('Another'));
      },
    });
    expect(problems).toMatchObject([{ file: 'public/a.html', code: 'unwritable' }]);
    expect(await readFile(path, 'utf8')).toBe(page('Another'));
  });

  it('are not written into a read-only page, nor into any of a read-only folder', async () => {
    const root = await folderWith({
      'public/a.html': page('A'),
      'public/b.html': page('B'),
      'public/c/d.html': page('D'),
    });
    await chmod(root, 0o755);
    await chmod(join(root, 'public'), 0o777);
    await chmod(join(root, 'public/a.html'), 0o444);
    await chmod(join(root, 'public/b.html'), 0o666);
    await chmod(join(root, 'public/c/d.html'), 0o666);
    await chmod(join(root, 'public/c'), 0o555);
    const { written, problems } = await asNobody(() => run(root));
    expect(written).toBe(1);
    expect(problems).toEqual([
      {
        file: 'public/a.html',
        code: 'unwritable',
        message: expect.stringMatching(/^public\/a\.html cannot be written: EACCES/) as string,
      },
      { file: 'public/c/d.html', code: 'unwritable', message: expect.stringContaining('EACCES') as string },
    ]);
    expect(await readFile(join(root, 'public/a.html'), 'utf8')).toBe(page('A'));
    expect(await readFile(join(root, 'public/c/d.html'), 'utf8')).toBe(page('D'));
    expect((await metas(root, 'b.html'))['og:image']).toHaveLength(1);
  });

  it('keep what stands far behind the head', async () => {
    const body = '€'.repeat(700_000);
    const html = page('A').replace('<body>', `<body>${body}`);
    const root = await folderWith({ 'public/a.html': html });
    await run(root);
    const written = await readFile(join(root, 'public/a.html'), 'utf8');
    expect(written.replaceAll(/\n<meta [^>]*data-og-sync="" \/>/g, '')).toBe(html);
  });

  it('stop between two pages', async () => {
    const root = await folderWith({ 'public/a.html': page('A'), 'public/b.html': page('B') });
    const stop = new AbortController();
    const injected = await run(root, { onChange: () => stop.abort(), signal: stop.signal });
    expect(injected).toEqual({ written: 1, same: 0, problems: [] });
    expect(await readFile(join(root, 'public/b.html'), 'utf8')).toBe(page('B'));
  });

  it('go into the page of a post of the content, with what its front matter says', async () => {
    const root = await folderWith({
      'content/a.md':
        '---\ntitle: From content\ndescription: D\nlang: fr\ndate: 2024-01-02\nog:\n  alt: A card\n---\n',
      'public/a/index.html': page('From the page'),
    });
    await mkdir(join(root, 'public/b'));
    await run(root, {}, { content: 'content/*.md' });
    expect(await metas(root, 'a/index.html')).toMatchObject({
      'og:title': ['From content'],
      'og:description': ['D'],
      'og:type': ['article'],
      'og:locale': ['fr_FR'],
      'og:image:alt': ['A card'],
    });
  });
});
