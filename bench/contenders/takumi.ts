import { Renderer } from '@takumi-rs/core';
import { fromJsx } from '@takumi-rs/helpers/jsx';
import { elements, font, HEIGHT, QUALITY, WIDTH } from '../design.ts';
import type { Create } from './contender.ts';

export const create: Create = async (cores) => {
  const renderer = new Renderer();
  for (const weight of [400, 700])
    await renderer.registerFont({ name: 'Inter', data: font(weight, 'woff2'), weight });
  return {
    concurrency: cores,
    async render(content) {
      const { node } = await fromJsx(elements(content));
      return renderer.render(node, { width: WIDTH, height: HEIGHT, format: 'jpeg', quality: QUALITY });
    },
  };
};
