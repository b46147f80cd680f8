import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import type { Site } from '../contract.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { loadTemplates } from './templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');

/** The head of a card of a template with this style sheet. */
async function head(css: string, site: Site): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 't'));
  await writeFile(join(folder, 't/card.html'), 'x');
  await writeFile(join(folder, 't/card.css'), css);
  const template = (await loadTemplates({ folder, cacheDir: CACHE })).all.get('t');
  const card = await template?.render({
    post: { slug: 'a', title: 'Hello' },
    site,
    output: outputSchema.parse({}),
  });
  return card?.head ?? '';
}

const CSS = 'p{font-family:var(--font,Inter),sans-serif}';

test("the theme's font is carried beside those of the template, and named in a property", async () => {
  const themed = await head(CSS, { theme: { font: 'source serif 4' } });
  expect(themed).toContain('--font:"source serif 4"');
  expect(themed).toContain('@font-face{font-family:"Source Serif 4"');
  expect(await head(CSS, {})).not.toContain('Source Serif');
});

test('a template that names no font gets it, too', async () => {
  const themed = await head('', { theme: { font: 'JetBrains Mono' } });
  expect(themed).toContain('@font-face{font-family:"JetBrains Mono"');
  expect(themed).toContain('body{font-family:var(--font,Inter)');
});

test('a family that is not there is named', async () => {
  await expect(head(CSS, { theme: { font: 'Comic Sans' } })).rejects.toMatchObject({
    code: 'bad_request',
    message: 'site.theme.font names "Comic Sans", and there is no such font family.',
  });
});
