import { fileURLToPath } from 'node:url';
import type * as Canvas from 'astro-og-canvas';
import { QUALITY } from '../design.ts';
import type { Create } from './contender.ts';

/** Its cards are simpler by design: one gradient, a title, a description. */
export const create: Create = async () => {
  // By file: the package's entry loads all of Astro, its renderer needs none of it.
  const file = new URL('../node_modules/astro-og-canvas/dist/generateOpenGraphImage.js', import.meta.url);
  const { generateOpenGraphImage } = (await import(file.href)) as typeof Canvas;
  const fonts = [400, 700].map((weight) =>
    fileURLToPath(import.meta.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`)),
  );
  return {
    concurrency: 1,
    async render({ title, description }) {
      const image = await generateOpenGraphImage({
        cacheDir: false,
        title,
        description,
        fonts,
        format: 'JPEG',
        quality: QUALITY,
        bgGradient: [
          [49, 46, 129],
          [15, 23, 42],
        ],
        font: { title: { families: ['Inter'], weight: 'Bold' }, description: { families: ['Inter'] } },
      });
      return image instanceof Uint8Array ? image : new Uint8Array(await new Response(image).arrayBuffer());
    },
  };
};
