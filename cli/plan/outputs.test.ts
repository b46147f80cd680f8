import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveConfig } from '../config/config.ts';
import { outputsOf } from '../config/outputs.ts';
import { createPictures } from '../pictures/pictures.ts';
import { toItems } from './items.ts';
import { makePlan } from './plan.ts';
import type { Inventory, Item } from './plan.ts';

const description = { templates: { default: { digest: 'd' } } };
const pictures = createPictures({ static: [], root: '/', imageHosts: [], cacheDir: '/' });
const FURTHER = ['square', 'photo', 'tall'].map((name, at) => ({
  name,
  width: 900,
  height: 600 + 300 * at,
  format: at === 1 ? ('webp' as const) : ('jpeg' as const),
}));
const KEYS = ['{slug}.{ext}', '{slug}.{hash}.{ext}', 'og/{output}/{slug}.{ext}'];

async function itemsOf(slugs: readonly string[], further: typeof FURTHER, key: string): Promise<Item[]> {
  const config = resolveConfig({ outputs: [{ name: 'wide' }, ...further], key }, '/', null);
  const posts = slugs.map((slug) => ({
    file: `${slug}.md`,
    address: `/${slug}/`,
    post: { slug, title: slug },
    pictures: {},
    warnings: [],
  }));
  const { items } = await toItems(posts, { config, site: {}, description, pictures });
  expect(items).toHaveLength(slugs.length * outputsOf(config).length);
  return items;
}

const storeOf = (items: readonly Item[]): Inventory =>
  new Map(
    items.map(({ key, fingerprint }) => [key, { fingerprint, etag: 'e', bytes: 1, modified: new Date(0) }]),
  );

test('an output that is added creates its images alone; one that is taken out orphans its images alone', async () => {
  const slugs = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
  const some = fc.shuffledSubarray(FURTHER);
  await fc.assert(
    fc.asyncProperty(slugs, some, some, fc.constantFrom(...KEYS), async (slugs, before, after, key) => {
      const was = await itemsOf(slugs, before, key);
      const is = await itemsOf(slugs, after, key);
      const plan = makePlan(is, storeOf(was));
      const had = new Set(before.map(({ name }) => name));
      const has = new Set(['wide', ...after.map(({ name }) => name)]);
      const isNew = ({ outputName }: Item) => outputName !== 'wide' && !had.has(outputName ?? '');
      expect(plan.create).toEqual(is.filter(isNew));
      expect(plan.keep).toEqual(is.filter((item) => !isNew(item)));
      expect(plan.update).toEqual([]);
      const gone = was.filter(({ outputName }) => !has.has(outputName ?? ''));
      expect(plan.orphan).toEqual(gone.map((item) => item.key).sort());
    }),
  );
});
