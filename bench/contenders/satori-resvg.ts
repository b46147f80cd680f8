import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import { elements, font, HEIGHT, WIDTH } from '../design.ts';
import type { Create } from './contender.ts';

export const create: Create = async () => {
  const fonts = ([400, 700] as const).map((weight) => ({
    name: 'Inter',
    data: font(weight, 'woff'),
    weight,
    style: 'normal' as const,
  }));
  return {
    concurrency: 1,
    async render(content) {
      const svg = await satori(elements(content), { width: WIDTH, height: HEIGHT, fonts });
      return new Resvg(svg).render().asPng();
    },
  };
};
