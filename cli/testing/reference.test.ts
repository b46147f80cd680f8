/** The tables of docs/template-reference.md, held to what a template sees. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputSchema, postSchema, siteSchema } from '../../function/contract.ts';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { CACHE } from '../../function/renderer/testing/fixture.ts';
import { loadTemplates } from '../../function/templates/templates.ts';
import { folderOf } from '../../function/testing/own-templates.ts';

const page = await readFile(join(PACKAGE_ROOT, 'docs/template-reference.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const isFilter = (row: string): boolean => row.includes(String.raw`\|`);
/** The code of a row's first cell. */
const named = (row: string): string[] =>
  [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const PIXEL = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')}`;
const post = postSchema.parse({
  slug: 'a-walk',
  title: 'Tidewater 4.2.0-rc.1',
  description: 'Four steps.',
  address: '/posts/hello/',
  date: '2026-03-05',
  author: { name: 'Ada Lovelace', avatar: PIXEL },
  tags: ['a'],
  image: PIXEL,
  data: { duration: 42, price: 4.5, focus: '70% 80%' },
});
const theme = { accent: '#123', background: '#eee', text: '#111', font: 'Inter', logo: 'end', mode: 'dark' };
const site = siteSchema.parse({
  name: 'A',
  url: 'https://example.org/blog',
  logo: PIXEL,
  author: 'Ada',
  theme,
});

async function cardOf(html: string) {
  const folder = await folderOf({ 't/card.html': html, 't/card.css': '' });
  const { all } = await loadTemplates({ folder, cacheDir: CACHE });
  return all.get('t')?.render({ post, site, output: outputSchema.parse({}) });
}

/** What is printed for each name, in brackets. */
async function printed(names: readonly string[]): Promise<string[]> {
  const card = await cardOf(names.map((name) => `<p>{{ ${name} }}</p>`).join(''));
  const text = card?.body.replaceAll(/<(?!\/?p>)[^>]*>/g, '') ?? '';
  return [...text.matchAll(/<p>(.*?)<\/p>/gs)].map(([, value = '']) => value.replaceAll(/\s+/g, ' ').trim());
}

test.each(rows.filter(isFilter))('a filter gives what its row says: %s', async (row) => {
  const [, expression = '', said = ''] = /^\| `(.+?)` \| (.*)$/.exec(row) ?? [];
  const [value = ''] = await printed([expression.replaceAll(String.raw`\|`, '|')]);
  expect(value).not.toBe('');
  // What they give is described, not shown.
  if (!/\| (?:inline|vary|px|color)/.test(expression)) expect(said).toContain(value);
});

test('a template sees every field of the table', async () => {
  const fields = rows
    .filter((row) => /^\| `(?:post|site|output|lang)/.test(row) && !isFilter(row))
    .flatMap(named)
    .filter((name) => name !== 'post.data');
  expect(fields.length).toBeGreaterThan(15);
  const values = await printed(fields);
  expect(fields.filter((_, at) => (values[at] ?? '') === '')).toEqual([]);
});

test('a card has every custom property of the table', async () => {
  const properties = rows.flatMap(named).filter((name) => name.startsWith('--') && !name.includes(' '));
  expect(properties.length).toBeGreaterThan(9);
  const card = JSON.stringify(await cardOf('<p>A</p>'));
  expect(properties.filter((name) => !card.includes(`${name}:`))).toEqual([]);
});
