import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { outputSchema } from '../../../function/contract.ts';
import type { Site } from '../../../function/contract.ts';
import { prepareFonts } from '../../../function/fonts/fonts.ts';
import { createRenderer } from '../../../function/renderer/index.ts';
import { loadTemplates } from '../../../function/templates/templates.ts';
import { drawTrial } from './draw.ts';
import { trialsOf } from './sample.ts';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/og-sync');
const templates = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE });
afterAll(async () => renderer.close());

const SIZES = [
  [1200, 630],
  [1080, 1080],
  [1080, 1920],
  [600, 315],
].map(([width, height]) => outputSchema.parse({ width, height }));
const THEMES: Site['theme'][] = [undefined, { mode: 'light' }, { mode: 'dark' }];
const ACCENTS = ['#ffd400', '#7ad3f7', '#111111', '#ffffff'];

test.each([...templates.all.values()])(
  'nothing is found on any card of $name',
  { timeout: 300_000 },
  async (template) => {
    const { trials } = await trialsOf(template.folder, template.folder);
    const found: string[] = [];
    const look = async (
      trial: (typeof trials)[number],
      theme: Site['theme'],
      output: (typeof SIZES)[number],
    ) => {
      const plain: Site = trial.site ?? { name: 'A site', url: 'https://example.org' };
      const site: Site =
        theme === undefined ? plain : Object.assign({}, plain, { theme: { ...plain.theme, ...theme } });
      const { signal } = new AbortController();
      const { warnings } = await drawTrial(template, Object.assign({}, trial, { site }), {
        renderer,
        site,
        signal,
        output,
      });
      for (const { code, message, level } of warnings)
        if (level !== 'info' && code !== trial.provokes)
          found.push(
            `${trial.id} ${JSON.stringify(theme)} ${output.width}×${output.height} ${code}: ${message}`,
          );
    };
    await Promise.all(
      SIZES.flatMap((output) =>
        THEMES.flatMap((theme) => trials.map(async (trial) => look(trial, theme, output))),
      ),
    );
    const [wide = outputSchema.parse({})] = SIZES;
    const usual = trials.filter(({ id }) => ['60', 'cover'].includes(id));
    await Promise.all(ACCENTS.flatMap((accent) => usual.map(async (trial) => look(trial, { accent }, wide))));
    expect(found).toEqual([]);
  },
);
