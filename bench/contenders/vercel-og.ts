import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { elements, font, HEIGHT, WIDTH } from '../design.ts';
import type { Create } from './contender.ts';

export const create: Create = async () => {
  // Its Node build asks for CommonJS's require, which an ES module does not have, and for HarfBuzz's WASM file beside it.
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, { require, __dirname: dirname(require.resolve('harfbuzzjs/hb.wasm')) });
  const { ImageResponse } = await import('@vercel/og');
  const fonts = ([400, 700] as const).map((weight) => ({
    name: 'Inter',
    data: new Uint8Array(font(weight, 'woff')).buffer,
    weight,
    style: 'normal' as const,
  }));
  return {
    concurrency: 1,
    async render(content) {
      const response = new ImageResponse(elements(content), {
        width: WIDTH,
        height: HEIGHT,
        fonts,
      });
      return new Uint8Array(await response.arrayBuffer());
    },
  };
};
