import { homedir } from 'node:os';
import { join } from 'node:path';
import { outputSchema } from '../../function/contract.ts';
import { prepareFonts } from '../../function/fonts/fonts.ts';
import { createRenderer } from '../../function/renderer/index.ts';
import { body, head, HEIGHT, QUALITY, WIDTH } from '../design.ts';
import type { Create } from './contender.ts';

const cacheDir = join(homedir(), '.cache', 'og-sync');

export const create: Create = async (cores) => {
  const renderer = createRenderer({ fontconfig: () => prepareFonts(cacheDir), cacheDir, browsers: cores });
  const output = outputSchema.parse({ width: WIDTH, height: HEIGHT, quality: QUALITY });
  return {
    concurrency: renderer.pages,
    render: async (content) => (await renderer.render({ head, body: body(content) }, output)).bytes,
    close: () => renderer.close(),
  };
};
