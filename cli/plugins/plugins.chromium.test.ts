/** The plugins against stand-ins of their generators; `testing/generators.ts` runs them in the generators themselves. */
import { once } from 'node:events';
import { readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CliError } from '../errors.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import astro from './astro.ts';
import type { PluginOptions } from './options.ts';
import { BUILT, PLUGINS, html, logger, started } from './testing/stand-ins.ts';
import type { Middleware } from './testing/stand-ins.ts';

/** A real server in front of a middleware. */
async function served(middleware: Middleware): Promise<string> {
  const listener: RequestListener = (request, response) => {
    if (/^\/(?:a\/)?$/.test(request.url ?? '')) {
      response.setHeader('content-type', 'text/html');
      response.end(html(request.url === '/' ? 'Home' : 'Of the head'));
      return;
    }
    middleware(request, response, () => {
      response.statusCode = 404;
      response.end('of somebody else');
    });
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe.each(PLUGINS)('%s', (...plugin) => {
  const [name, , title] = plugin;

  test('a build gives every page of the generator its card and its tags, a second one makes nothing', async () => {
    const { root, build, lines } = await started(plugin);
    await build();
    const extra = name === 'vite' ? 1 : 0;
    expect(lines).toEqual([
      `info: ${2 + extra} cards: ${2 + extra} made, 0 unchanged; tags written into ${2 + extra} pages.`,
    ]);
    const page = await readFile(join(root, 'out/a/index.html'), 'utf8');
    const [, key = ''] =
      /og:image" content="https:\/\/stand\.example\/og\/(a\.[0-9a-f]{12}\.jpg)"/.exec(page) ?? [];
    expect(page).toContain(`og:title" content="${title}"`);
    expect((await sharp(join(root, 'out/og', key)).metadata()).width).toBe(1200);
    expect((await readFile(join(root, 'out/alien.html'), 'utf8')).includes('og:image')).toBe(name === 'vite');

    const cache = join(root, 'node_modules/.cache/og-sync');
    const { mtimeMs } = await stat(join(cache, key));
    await addFiles(root, BUILT);
    await build();
    expect(lines.at(-1)).toContain(`${2 + extra} cards: 0 made, ${2 + extra} unchanged`);
    expect((await stat(join(cache, key))).mtimeMs).toBe(mtimeMs);
    expect(await readdir(root)).not.toContain('out/images');
  });

  test('the development server answers the address of an image with the image, and leaves the rest alone', async () => {
    const { live } = await started(plugin);
    const origin = await served(await live());
    const answer = await fetch(`${origin}/og/a.0123456789ab.jpg`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect((await sharp(await answer.arrayBuffer()).metadata()).width).toBe(1200);
    const head = await fetch(`${origin}/og/a.jpg`, { method: 'HEAD' });
    expect([head.status, Number(head.headers.get('content-length')) > 1000]).toEqual([200, true]);
    for (const path of [
      '/og/none.0123456789ab.jpg',
      '/og/a.txt',
      '/og/%zz.jpg',
      '/other/a.jpg',
      '/og/..%2f..%2fetc.jpg',
    ])
      expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 404]);
    expect((await fetch(`${origin}/og/a.jpg`, { method: 'POST' })).status).toBe(404);
  });
});

describe('what goes wrong', () => {
  const odd = { ...BUILT, 'out/a/index.html': html('\u{10FFFD} is in no font') };

  test('a warning is logged; with strict it fails the build', async () => {
    const lenient = await started(PLUGINS[1], {}, odd);
    await lenient.build();
    expect(lenient.lines.join('\n')).toMatch(/warn: out\/a\/index\.html: No font has/);
    const { build } = await started(PLUGINS[1], { strict: true }, odd);
    await expect(build()).rejects.toMatchObject({ code: 'strict' });
  });

  test('a store that cannot be reached is logged; with strict it fails the build', async () => {
    const options = { store: 'nowhere/x', publicUrl: 'https://cdn.example/' };
    const files = { ...BUILT, nowhere: 'a file, no folder' };
    const { build, lines } = await started(PLUGINS[1], options, files);
    await build();
    expect(lines.join('\n')).toMatch(/error: .+\. .+\./);
    await expect((await started(PLUGINS[1], { ...options, strict: true }, files)).build()).rejects.toThrow(
      'nowhere',
    );
  });

  test('a wrong option fails the build with the field, and what to do', async () => {
    const { build } = await started(PLUGINS[1], { colour: 'red' } as PluginOptions);
    await expect(build()).rejects.toThrow(CliError);
    await expect(build()).rejects.toThrow(
      /"overrides" .*\n.*colour is not known.*\n.*Correct the named fields/s,
    );
  });

  test('without the address of the site, the build says where the generator wants it', async () => {
    const root = await folderWith({ ...BUILT, 'package.json': '{}' });
    const { hooks } = astro();
    const folder = pathToFileURL(`${root}/`);
    const dir = new URL('out/', folder);
    hooks['astro:config:done']({ config: { root: folder, outDir: dir, base: '/', trailingSlash: 'ignore' } });
    const built = hooks['astro:build:done']({ dir, pages: [{ pathname: '' }], logger: logger() });
    await expect(built).rejects.toThrow(/site in the configuration of Astro/);
  });

  test('a card that cannot be drawn in development is an error in the log and in the answer', async () => {
    const { live, lines } = await started(PLUGINS[1], { template: 'nothing' });
    const origin = await served(await live());
    const answer = await fetch(`${origin}/og/a.jpg`);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('"nothing"')]);
    expect(lines.join()).toContain('a.jpg could not be drawn');
  });
});

test('og.config is shared: what it says counts, and the options of the plugin over it', async () => {
  const files = {
    ...BUILT,
    'og.config.json': JSON.stringify({
      key: 'cards/{slug}.{ext}',
      output: { width: 600 },
      site: { name: 'Shared' },
    }),
  };
  const { root, build } = await started(PLUGINS[1], { output: { height: 400 } }, files);
  await build();
  const { width, height } = await sharp(join(root, 'out/og/cards/a.jpg')).metadata();
  expect([width, height]).toEqual([600, 400]);
});
