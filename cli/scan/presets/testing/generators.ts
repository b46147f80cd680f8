/** Each site built anew by its own generator is what the fixtures say. Run by `npm run test:generators`. */
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { expectJoined, expectTagged } from '../../../testing/tagged.ts';
import { buildSite } from './build.ts';
import { crawl } from './crawl.ts';
import { SITES } from './sites.ts';

/** Sites of which the content is joined with the pages, and a file that is none of their pages. */
const UNBUILT: Readonly<Record<string, string>> = {
  hugo: 'content/posts/unbuilt.md',
  eleventy: 'src/unbuilt.md',
  mkdocs: 'docs/unbuilt.md',
};

for (const [name, { suffix }] of Object.entries(SITES))
  test(`${name} builds the pages that its fixture says`, { timeout: 600_000 }, async () => {
    const { root, folder } = await buildSite(name);
    const pages = await crawl(folder, { root, suffix });
    const lines = pages.map((page) => JSON.stringify(page)).join(',\n');
    await expect(`[\n${lines}\n]\n`).toMatchFileSnapshot(`built/${name}.json`);
    const addresses = pages.map(({ address }) => address);
    const unbuilt = UNBUILT[name];
    const sources = pages.filter(
      ({ source, address }) => source !== null && !/\/404(\.html|\/)?$/.test(address),
    );
    if (unbuilt !== undefined)
      await expectJoined(dirname(folder), basename(folder), {
        preset: name,
        sources: sources.length,
        unbuilt,
      });
    await expectTagged(dirname(folder), basename(folder), addresses);
  });
