import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRenderer } from './index.ts';
import { prepareBrowser } from './inflate.ts';
import type { Renderer } from './renderer.ts';
import { CACHE, cardOf, fontconfig, JPEG } from './testing/fixture.ts';

/**
 * The packaged browser under an ordinary name, so that it is not driven frame by frame; with the libraries that an ordinary
 * one finds in the system.
 */
let folder: string;
let ordinary: Renderer;
beforeAll(async () => {
  const { executable, libraries } = await prepareBrowser(CACHE);
  folder = await mkdtemp(join(CACHE, 'ordinary-'));
  const script = `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${executable}' "$@"\n`;
  await writeFile(join(folder, 'chrome'), script, { mode: 0o755 });
  ordinary = createRenderer({
    fontconfig,
    cacheDir: folder,
    chromePath: join(folder, 'chrome'),
    browsers: 1,
    pagesPerBrowser: 2,
  });
});
afterAll(async () => {
  await ordinary.close();
  await rm(folder, { recursive: true });
});

describe('an ordinary Chrome', () => {
  it('draws cards of any size, in the right order of things', async () => {
    const widths = [1200, 600, 1200, 800];
    const pictures = await Promise.all(
      widths.map(async (width, index) => ordinary.render(cardOf(`Title ${index}`), { ...JPEG, width })),
    );
    for (const [index, { bytes, text }] of pictures.entries()) {
      expect(await sharp(bytes).metadata()).toMatchObject({ width: widths[index], height: 630 });
      expect(text).toContain(`Title ${index}`);
    }
  });

  it('draws the same card with the same bytes', async () => {
    const [one] = await Promise.all(
      [0, 1, 2].map(async (index) => ordinary.render(cardOf(`T${index}`), JPEG)),
    );
    const again = await ordinary.render(cardOf('T0'), JPEG);
    expect(one && Buffer.compare(again.bytes, one.bytes)).toBe(0);
  });

  it('has no version that is known before it starts', async () => {
    expect(ordinary.chromium).toBeNull();
    const usual = createRenderer({ fontconfig, cacheDir: CACHE });
    expect(usual.chromium).toMatch(/^\d+\.\d+\.\d+$/);
    await usual.close();
  });
});
