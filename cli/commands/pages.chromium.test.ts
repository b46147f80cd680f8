/** Built pages, from the command line to what a scraper written by others reads. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import ogs from 'open-graph-scraper';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { ODD_HEADS } from '../testing/heads.ts';
import { serveFolder } from '../testing/served.ts';
import { snapshot } from '../testing/tagged.ts';
import { runCli, runJson, startCli } from '../testing/process.ts';

const page = (title: string, more = '') =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>${more}\n</head>\n<body></body>\n</html>\n`;
const SITE = {
  'public/index.html': page('Home'),
  'public/blog/a/index.html': page('Über A & B', '<meta name="description" content="D">'),
  'public/blog/b.html': page('B'),
  'public/old.html': '<meta http-equiv="refresh" content="0; url=/">',
  'public/404.html': page('Lost'),
};
const INJECT = ['--pages', 'public', '--inject', '--site-url'];

describe('og-sync --pages --inject, without a configuration', () => {
  it('makes a card and the tags for every page; a second run changes no byte; orphans go at once', async () => {
    const cwd = await folderWith(SITE);
    const { code, document } = await runJson([...INJECT, 'https://site.example'], { cwd });
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ posts: 3, created: 3 });
    expect(document.pages).toEqual({
      read: 5,
      leftOut: { not_found: 1, redirect: 1 },
      withoutPage: [],
      written: 3,
      unchanged: 0,
    });
    const before = await snapshot(cwd);
    const again = await runJson([...INJECT, 'https://site.example'], { cwd });
    expect(again.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(again.document.pages).toMatchObject({ written: 0, unchanged: 3 });
    expect(await snapshot(cwd)).toEqual(before);

    await writeFile(join(cwd, 'public/blog/b.html'), page('Another title'));
    const third = await runJson([...INJECT, 'https://site.example'], { cwd });
    expect(third.document.summary).toMatchObject({ created: 1, unchanged: 2, deleted: 1, orphaned: 0 });
    expect((await readdir(join(cwd, 'public/og/blog'))).filter((name) => name.startsWith('b.'))).toHaveLength(
      1,
    );
  });

  it('is read by a scraper: the image, its size and the title of every page', async () => {
    const heads = ODD_HEADS.map(([, marked], index) => [`public/odd/${index}.html`, marked.replace('¦', '')]);
    const cwd = await folderWith({ ...SITE, ...Object.fromEntries(heads) });
    const origin = await serveFolder(join(cwd, 'public'));
    const { document, stderr } = await runJson([...INJECT, origin, '--verbose'], { cwd });
    expect(stderr).toContain(`${origin}/og/, which is this machine alone`);
    const shown = document.images.filter(({ file }) => file !== null);
    expect(shown.length).toBeGreaterThan(50);
    for (const { file, url } of shown) {
      const { error, result } = await ogs({ url: `${origin}/${file?.slice('public/'.length)}` });
      expect(error).toBe(false);
      const { ogImage, ogTitle, twitterCard } = result;
      expect(ogImage).toMatchObject([{ url, width: '1200', height: '630', type: 'image/jpeg' }]);
      expect(ogTitle).toBeTruthy();
      expect(twitterCard).toBe('summary_large_image');
      expect((await fetch(url ?? '')).headers.get('content-type')).toBe('image/jpeg');
    }
    const { result } = await ogs({ url: `${origin}/blog/a/` });
    expect(result).toMatchObject({ ogTitle: 'Über A & B', ogDescription: 'D', ogUrl: `${origin}/blog/a/` });
  });

  it('prints what it would write with --dry-run, and writes nothing', async () => {
    const cwd = await folderWith(SITE);
    const before = await snapshot(cwd);
    const { code, stdout } = await runCli([...INJECT, 'https://site.example', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^--- a\/404|^--- a\/blog\/a\/index\.html\n\+\+\+ b\/blog\/a\/index\.html\n@@/m);
    expect(stdout).toContain('tags to write into 3, unchanged in 0');
    expect(await snapshot(cwd)).toEqual(before);
  });
});

describe('og-sync check', () => {
  it('is green after --inject, finds what is broken since, and --fix writes the tags of images that are there', async () => {
    const cwd = await folderWith(SITE);
    const site = ['--site-url', 'https://site.example'];
    const before = await runCli(['check', 'public', ...site], { cwd });
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/✖ +3 +no og:image no_image/);
    await runCli([...INJECT, 'https://site.example'], { cwd });
    expect(await runCli(['check', 'public', ...site], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✔ 3 pages: 0 errors, 0 warnings/) as string,
    });
    await addFiles(cwd, SITE);
    expect((await runCli(['check', 'public', ...site, '--quiet'], { cwd })).code).toBe(1);
    const { code, stdout } = await runCli(['check', 'public', '--fix', '--json', ...site], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { pages: 3, errors: 0, warnings: 0 }, findings: [] });
  });

  it('says what it needs', async () => {
    const cwd = await folderWith({ 'a.txt': '' });
    const nothing = await runCli(['check'], { cwd });
    expect(nothing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is nothing to check') as string,
    });
    const gone = await runCli(['check', 'public'], { cwd });
    expect(gone).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no built site at') as string,
    });
  });
});

describe('content and pages together', () => {
  it('join by address, with the right counts', async () => {
    const cwd = await folderWith({
      ...SITE,
      'content/blog/a.md': '---\ntitle: From the content\n---\n',
      'content/gone.md': '---\ntitle: Gone\n---\n',
    });
    const flags = [...INJECT, 'https://site.example', '--content', 'content/**/*.md'];
    const { code, document } = await runJson(flags, { cwd });
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ posts: 4, created: 4 });
    expect(document.pages).toMatchObject({ written: 3, withoutPage: ['content/gone.md'] });
    expect(await readFile(join(cwd, 'public/blog/a/index.html'), 'utf8')).toContain(
      'property="og:title" content="From the content"',
    );
    const { stdout } = await runCli(flags, { cwd });
    expect(stdout).toContain('1 post without a page: content/gone.md');
  });
});

describe('a run that cannot go on', () => {
  const BIG = 400_000;

  it('leaves a page whole when the disk has no room for it, and reports it', async () => {
    const big = page('Big').replace('<body>', `<body>${'x'.repeat(BIG)}`);
    const cwd = await folderWith({ ...SITE, 'public/big.html': big });
    await runCli([...INJECT, 'https://site.example'], { cwd });
    await writeFile(join(cwd, 'public/big.html'), big);
    await writeFile(join(cwd, 'public/index.html'), SITE['public/index.html']);
    // A limit for each file stands for a full disk: writing fails in the same place, with EFBIG instead of ENOSPC.
    const command = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`;
    const cli = join(PACKAGE_ROOT, 'dist/og-sync.js');
    const args = ['-c', command, process.execPath, cli, ...INJECT, 'https://site.example', '--json'];
    const child = spawn('sh', args, { cwd, env: { ...process.env, CI: 'true' } });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ file: 'public/big.html', code: 'unwritable' }],
      pages: { written: 1 },
    });
    expect(await readFile(join(cwd, 'public/big.html'), 'utf8')).toBe(big);
    expect((await readdir(join(cwd, 'public'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('leaves every page as it was or as it should be when it is killed, and the next run completes it', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `public/p/a${index}.html`);
    const cwd = await folderWith(Object.fromEntries(names.map((name) => [name, page(name)])));
    const flags = [...INJECT, 'https://site.example'];
    const { document } = await runJson(['plan', ...flags], { cwd });
    // A hashed name says what an image shows: with a file under each, nothing is left to do but the tags.
    await addFiles(cwd, Object.fromEntries(document.images.map(({ key }) => [`public/og/${key}`, 'x'])));
    const { child, ended } = startCli(flags, { cwd });
    const first = join(cwd, 'public/p/a0.html');
    while (!(await readFile(first, 'utf8')).includes('og:image')) await setTimeout(1);
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    let written = 0;
    for (const name of names) {
      const html = await readFile(join(cwd, name), 'utf8');
      if (html.includes('og:image')) written += 1;
      expect(html.replaceAll(/\n<meta [^>]*data-og-sync="" \/>/g, '')).toBe(page(name));
    }
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(names.length);
    const again = await runJson(flags, { cwd });
    expect(again.document.pages).toMatchObject({ written: names.length - written, unchanged: written });
  });
});
