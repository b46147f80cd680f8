/** What every test with a real browser needs: a place for the inflated one, and the fonts that come with it. */
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import type { Output } from '../../contract.ts';
import type { RendererOptions } from '../index.ts';
import type { Card } from '../renderer.ts';

/** Shared by all test runs of this checkout, since inflating takes seconds. */
export const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/og-sync');

/** A fontconfig file that knows Open Sans, which the Chromium package brings, and no other font. */
export async function fontconfig(): Promise<string> {
  const folder = join(CACHE, 'test-fonts');
  const file = join(folder, 'fonts.conf');
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const fresh = `${folder}-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  const archive = join(
    dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))),
    '../bin/fonts.tar.br',
  );
  await pipeline(createReadStream(archive), createBrotliDecompress(), unpackTar(fresh));
  const config = `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;
  await writeFile(join(fresh, 'fonts.conf'), config);
  await rename(fresh, folder).catch(async () => rm(fresh, { recursive: true, force: true }));
  return file;
}

export const OPTIONS: RendererOptions = { fontconfig, cacheDir: CACHE };

export const JPEG: Output = { width: 1200, height: 630, format: 'jpeg', quality: 90, maxBytes: 300_000 };

const HEAD = `<style>
  body { color: #fff; font-family: 'Open Sans'; background: #112 }
  .backdrop { position: absolute; inset: 0; will-change: transform; background:
    radial-gradient(circle at 20% 20%, #f0f, transparent 60%), radial-gradient(circle at 80% 30%, #0ff, transparent 50%),
    linear-gradient(135deg, #112, #446) }
  main { position: absolute; inset: 80px }
  h1 { margin: 0; height: 300px; line-height: 1.1; text-wrap: balance }
  p { margin: 0; font-size: 32px }
</style>`;

/** A usual card: a heavy backdrop that stays, a fitted title, a description. */
export function cardOf(title: string, description = 'A line that says what it is about'): Card {
  return {
    head: HEAD,
    body: `<div class="backdrop"></div><main><h1 data-fit="32-84" data-lines="3">${title}</h1><p>${description}</p></main>`,
  };
}
