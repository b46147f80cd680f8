/** Each site built anew by its own generator is what the fixtures say. Run by `npm run test:generators`. */
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { expectTagged } from '../../../testing/tagged.ts';
import { buildSite } from './build.ts';
import { crawl } from './crawl.ts';
import { SITES } from './sites.ts';

for (const [name, { suffix }] of Object.entries(SITES))
  test(`${name} builds the pages that its fixture says`, { timeout: 600_000 }, async () => {
    const { root, folder } = await buildSite(name);
    const pages = await crawl(folder, { root, suffix });
    const lines = pages.map((page) => JSON.stringify(page)).join(',\n');
    await expect(`[\n${lines}\n]\n`).toMatchFileSnapshot(`built/${name}.json`);
    const addresses = pages.map(({ address }) => address);
    await expectTagged(dirname(folder), basename(folder), addresses);
  });
