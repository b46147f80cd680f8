import { expect, test } from 'vitest';
import { createPictures } from './pictures.ts';
import { loadSite } from './site.ts';
import { folderWith } from '../testing/files.ts';
import { drawn } from '../testing/pictures.ts';

async function load(site: Record<string, unknown>): Promise<unknown> {
  const root = await folderWith({
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
    'me.png': await drawn('png', 9, 9),
  });
  const pictures = createPictures({ root, static: [root], imageHosts: [], cacheDir: await folderWith() });
  return loadSite({ root, site }, pictures);
}

test('embeds the logo and the avatar, and keeps every other field', async () => {
  expect(
    await load({ name: 'N', logo: 'logo.svg', author: { name: 'A', avatar: '/me.png' }, accent: '#f00' }),
  ).toEqual({
    name: 'N',
    logo: expect.stringMatching(/^data:image\/svg\+xml;base64,/) as string,
    author: { name: 'A', avatar: expect.stringMatching(/^data:image\/png;base64,/) as string },
    accent: '#f00',
  });
});

test('takes a site with no pictures as it is', async () => {
  expect(await load({ name: 'N', author: 'A' })).toEqual({ name: 'N', author: 'A' });
  expect(await load({})).toEqual({});
});

test.each([
  [{ logo: 'nope.svg' }, 'site.logo of the configuration: "nope.svg" is not there; looked for '],
  [
    { author: { name: 'A', avatar: 'nope.png' } },
    'site.author.avatar of the configuration: "nope.png" is not there',
  ],
  [
    { logo: 'https://x.example/a.svg' },
    'site.logo of the configuration: https://x.example/a.svg was not fetched',
  ],
  [{ name: 'x'.repeat(201) }, 'site of the configuration: name '],
])('names the field that is wrong in %j', async (site, message) => {
  await expect(load(site)).rejects.toMatchObject({
    code: 'config_invalid',
    exitCode: 2,
    message: expect.stringContaining(message) as string,
  });
});
