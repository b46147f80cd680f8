/** The packed tarball, unpacked beside its production dependencies and run as a stranger would. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../function/testing/product.ts';
import { installPacked } from './packed.ts';
import type { Packed } from './packed.ts';

const run = promisify(execFile);
/** As `du -m` counts. */
const MB = 1024 * 1024;
let folder: string;
let product: Packed;
let packed: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'og-package-'));
  product = await installPacked(folder);
  packed = product.files;
}, 60_000);

afterAll(async () => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds no test, no example and no source', () => {
    expect(packed.filter((path) => !/^(dist|templates|docs)\//.test(path)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(packed.filter((path) => /test|(?<!\.d)\.ts$|\.map$/.test(path))).toEqual([]);
  });

  it('is as light to download and to install as docs/rendering.md says', () => {
    const { tarball, installed } = product;
    const all = [...installed.values()].reduce((sum, size) => sum + size, 0);
    expect([...installed.keys()]).toEqual(
      expect.arrayContaining(['og-sync', '@sparticuz/chromium', 'sharp']),
    );
    expect(installed.size).toBeLessThanOrEqual(30);
    expect(tarball / 1e6).toBeLessThan(31);
    expect((installed.get('og-sync') ?? 0) / MB).toBeLessThan(39);
    expect(all / MB).toBeLessThan(140);
  });

  it('holds every page that a message of it names', async () => {
    const root = join(folder, 'node_modules', 'og-sync');
    const texts = await Promise.all(
      packed
        .filter((path) => path.startsWith('dist/') && path.endsWith('.js'))
        .map((path) => readFile(join(root, path), 'utf8')),
    );
    // The bundle names the file that each part of it was; a library's messages are its own.
    const own = texts
      .flatMap((text) => text.split(/^(?=\/\/ \S+\.[cm]?[jt]sx?$)/m))
      .filter((part) => !part.startsWith('// node_modules/'));
    const named = own.flatMap((text) => [...text.matchAll(/\bdocs\/[\w/.-]+\.md\b/g)].map(([page]) => page));
    expect(new Set(named).size).toBeGreaterThan(3);
    expect([...new Set(named)].filter((page) => !packed.includes(page))).toEqual([]);
  });

  it('requires nothing that npm does not install beside it', async () => {
    const root = join(folder, 'node_modules', 'og-sync');
    const requires = new Set<string>();
    for (const path of packed.filter((file) => file.startsWith('dist/') && file.endsWith('.js')))
      for (const [, name = ''] of (await readFile(join(root, path), 'utf8')).matchAll(
        /^[^"'`*/\n]*\b(?:__)?require\(["']([^"'.][^"']*)["']\)/gm,
      ))
        requires.add(name);
    expect(requires).toContain('node:zlib');
    // What the WebSocket library does without.
    for (const optional of ['bufferutil', 'utf-8-validate']) requires.delete(optional);
    expect([...requires].filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it('makes images of a blog whose config imports defineConfig, with every script, from an empty cache', async () => {
    await mkdir(join(folder, 'posts'));
    for (const [name, title] of Object.entries({
      one: '"**Post** Пост Ποστ `∑` ⌘ ✈ &amp; <b>🚀</b>"',
      two: 'العربية עברית हिन्दी ไทย',
      three: '日本語 简体 繁體 한국어',
    }))
      await writeFile(join(folder, 'posts', `${name}.md`), `---\ntitle: ${title}\n---\nText.\n`);
    await writeFile(
      join(folder, 'og.config.ts'),
      `import { defineConfig, type UserConfig } from 'og-sync';
const site: UserConfig['site'] = { name: 'Packed' };
export default defineConfig({ content: 'posts/*.md', site });\n`,
    );
    const bin = join(folder, 'node_modules', 'og-sync', 'dist', 'og-sync.js');
    const env = { ...process.env, OG_CACHE_DIR: join(folder, 'cache') };
    const { stdout } = await run(process.execPath, [bin, '--strict'], { cwd: folder, env });
    expect(stdout).toContain('3 created');
    const images = await readdir(join(folder, 'out', 'images'));
    expect(images.sort()).toEqual(['one.jpg', 'three.jpg', 'two.jpg']);
    const { width, height } = await sharp(join(folder, 'out', 'images', 'one.jpg')).metadata();
    expect([width, height]).toEqual([1200, 630]);
  });

  it('works as a library: no argument is read, nothing is printed, and importing it loads nothing else', async () => {
    const program = `
      import { registerHooks } from 'node:module';
      import { writeFileSync } from 'node:fs';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const api = await import('og-sync');
      const first = [...loaded];
      process.exit = () => { throw new Error('exit'); };
      process.argv.push('plan', '--json', '--nonsense');
      const { summary } = await api.sync({ config: { content: 'posts/*.md', store: 'by-program' } });
      const error = await api.plan({ config: 'none.ts' }).catch((error) => error);
      const isTyped = error instanceof api.CliError && error.code === 'config_missing';
      writeFileSync('seen.json', JSON.stringify({ first, summary, isTyped }));
    `;
    await writeFile(join(folder, 'program.mjs'), program);
    const { stdout, stderr } = await run(process.execPath, ['program.mjs'], { cwd: folder });
    expect(stdout + stderr).toBe('');
    const seen = JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8')) as {
      first: string[];
      summary: object;
      isTyped: boolean;
    };
    expect(seen).toMatchObject({ summary: { created: 3 }, isTyped: true });
    expect(seen.first.filter((url) => !url.includes('/og-sync/dist/'))).toEqual([]);
    expect(seen.first.length).toBeLessThan(6);
  });

  it('runs every program of docs/api.md as it stands there', async () => {
    const blocks = [...(await readFile(join(ROOT, 'docs/api.md'), 'utf8')).matchAll(/```js\n([^]*?)```/g)];
    expect(blocks.length).toBeGreaterThan(3);
    for (const [at, [, program = '']] of blocks.entries()) {
      await writeFile(join(folder, `docs-${at}.mjs`), program);
      await run(process.execPath, [`docs-${at}.mjs`], { cwd: folder });
    }
    expect(await readdir(join(folder, 'public', 'og', 'notes'))).toEqual(['tides.jpg']);
    expect((await sharp(join(folder, 'hello.jpg')).metadata()).width).toBe(1200);
  });

  it('runs every configuration of docs/plugins.md as it stands there', async () => {
    const text = await readFile(join(ROOT, 'docs/plugins.md'), 'utf8');
    const blocks = [...text.matchAll(/```js\n\/\/ (\S+)\n([^]*?)```/g)];
    expect(blocks).toHaveLength([...text.matchAll(/```js/g)].length);
    // Of the generators, what a configuration imports: functions that return what they are given.
    // In a folder of their own: og-sync is found one above.
    const place = join(folder, 'configurations');
    for (const [name, file, source] of [
      ['astro', 'config', 'export const defineConfig = (config) => config;'],
      ['vite', '.', 'export const defineConfig = (config) => config;'],
      ['vitepress', '.', 'export const defineConfig = (config) => config;'],
      ['@astrojs/starlight', '.', "export default () => ({ name: '@astrojs/starlight' });"],
    ] as const) {
      const at = join(place, 'node_modules', name);
      await mkdir(at, { recursive: true });
      await writeFile(join(at, 'index.mjs'), source);
      const path = file === '.' ? '.' : `./${file}`;
      await writeFile(join(at, 'package.json'), JSON.stringify({ exports: { [path]: './index.mjs' } }));
    }
    for (const [at, [, , program = '']] of blocks.entries()) {
      await writeFile(join(place, `config-${at}.mjs`), program);
      await writeFile(join(place, `plugin-${at}.mjs`), pluginOf(`./config-${at}.mjs`));
      const { stdout } = await run(process.execPath, [`plugin-${at}.mjs`], { cwd: place });
      expect(stdout.trim()).toBe('og-sync');
    }
  });

  it.each([
    ['nodenext', { module: 'nodenext' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])('brings types that stand by themselves under strict rules (%s)', async (name, how) => {
    const file = join(folder, `${name}.json`);
    const strict = {
      target: 'es2024',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    await writeFile(join(folder, 'uses.mts'), USES);
    await writeFile(
      file,
      JSON.stringify({ compilerOptions: { ...strict, ...how }, files: ['og.config.ts', 'uses.mts'] }),
    );
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    const ended = await run(tsc, ['-p', file]).catch((error: unknown) => error);
    expect(ended).toMatchObject({ stdout: '' });
  });
});

/** Prints the name of the plugin in a configuration, or of what it adds to Eleventy's. */
const pluginOf = (file: string): string => `
const { default: config } = await import('${file}');
const found = [];
const eleventy = {
  addPlugin: (plugin, options) => plugin(eleventy, options),
  addCollection: () => {},
  on: (event) => event === 'eleventy.after' && found.push({ name: 'og-sync' }),
  setServerOptions: () => {},
};
if (typeof config === 'function') config(eleventy);
for (const list of [config.integrations, config.plugins, config.vite?.plugins])
  for (const one of list ?? []) found.push(typeof one === 'string' ? await docusaurus(one) : one);
console.log(found.filter(({ name }) => name === 'og-sync').map(({ name }) => name).join());

async function docusaurus(name) {
  const { default: plugin } = await import(name);
  const siteConfig = { url: config.url, baseUrl: config.baseUrl, title: config.title };
  const i18n = { currentLocale: 'en', localeConfigs: { en: { htmlLang: 'en' } } };
  return plugin({ siteDir: process.cwd(), outDir: 'build', siteConfig, i18n });
}
`;

/** What a consumer writes: each export used, and errors where there should be some. */
const USES = `
import { CliError, check, createRenderer, inject, plan, sync } from 'og-sync';
import astro from 'og-sync/astro';
import docusaurus from 'og-sync/docusaurus';
import eleventy from 'og-sync/eleventy';
import vite from 'og-sync/vite';
import type { PluginOptions } from 'og-sync/vite';
import type { CardImage, CheckDocument, GivenPost, ImageLine, ReportDocument, RunEvent, SyncOptions } from 'og-sync';

const posts: GivenPost[] = [{ address: '/a/', title: 'A', date: new Date(), data: { rating: 5 } }];
const options: SyncOptions = {
  cwd: '.',
  posts,
  signal: new AbortController().signal,
  onEvent(event: RunEvent) {
    if (event.type === 'image') seen.push(event.image);
    // @ts-expect-error: there is no such event
    if (event.type === 'nothing') seen.pop();
  },
};
const seen: ImageLine[] = [];
const report: ReportDocument = await sync(options);
const made: number = report.summary.created;
const planned: ReportDocument = await plan({ config: { content: 'posts/*.md' } });
await inject({ config: 'og.config.ts' });
const checked: CheckDocument = await check({ url: 'https://blog.example' });
const renderer = await createRenderer({ posts: () => posts });
const card: CardImage | null = await renderer.image('a.jpg');
await renderer.close();
try {
  // @ts-expect-error: a number is no glob
  await sync({ config: { content: 5 } });
} catch (error) {
  if (error instanceof CliError && error.code === 'config_invalid') throw new Error(error.hint);
}
const shared: PluginOptions = { strict: true, output: { format: 'png' } };
const plugins: { name: string }[] = [astro(shared), vite(shared)];
// @ts-expect-error: there is no such option
vite({ colour: 'red' });
export { card, checked, docusaurus, eleventy, made, planned, plugins };
`;
