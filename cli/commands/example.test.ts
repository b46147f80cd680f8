import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { loadConfig } from '../config/config.ts';
import { toItems } from '../plan/items.ts';
import { createPictures } from '../pictures/pictures.ts';
import { scan } from '../scan/scan.ts';
import { loadSite } from '../pictures/site.ts';
import { folderWith } from '../testing/files.ts';

const templates = Object.fromEntries(
  ['default', 'editorial', 'cover', 'terminal', 'docs', 'minimal'].map((name) => [name, { digest: name }]),
);

test('the example blog holds what blogs hold, and every post of it but the draft can be made', async () => {
  const config = await loadConfig({ cwd: PACKAGE_ROOT });
  const { posts, problems, matched } = await scan(config, { now: new Date('2025-11-01T00:00:00Z') });
  expect(problems).toEqual([]);
  expect(matched).toBe(posts.length + 1);
  const titles = posts.map(({ post }) => post.title);
  expect(titles.some((title) => title.length > 140)).toBe(true);
  for (const sign of [
    /^\S+$/,
    /\p{Emoji_Presentation}/u,
    /\p{Script=Hiragana}/u,
    /\p{Script=Arabic}/u,
    /<\w+>.*".*"/,
  ])
    expect(titles.filter((title) => sign.test(title))).not.toEqual([]);
  for (const name of [/index\.md$/, /\.mdx$/]) expect(posts.some(({ file }) => name.test(file))).toBe(true);
  expect(posts.some(({ post }) => post.description === undefined)).toBe(true);
  expect(posts.some(({ post }) => (post.date ?? '') > '2030')).toBe(true);

  const pictures = createPictures({ ...config, cacheDir: await folderWith() });
  const site = await loadSite(config, pictures);
  expect(site.logo).toMatch(/^data:image\/svg/);
  const identified = await toItems(posts, { config, site, description: { templates }, pictures });
  expect(identified).toMatchObject({ problems: [] });
  expect(identified.items).toHaveLength(posts.length);
  expect(config.manifest).toBe(join(PACKAGE_ROOT, 'out/og-images.json'));
  const covers = await Promise.all(identified.items.map(async (item) => (await item.load()).image));
  expect(covers.filter((cover) => cover !== undefined)).toHaveLength(2);
});
