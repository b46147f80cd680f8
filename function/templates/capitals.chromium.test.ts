import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { createRenderer } from '../renderer/index.ts';
import { loadTemplates } from './templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const output = outputSchema.parse({});
const talk = (await loadTemplates({ cacheDir: CACHE })).all.get('talk');
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 1 });
afterAll(() => renderer.close());

/** What a reader of the card sees, on one line. */
async function shown(lang: string, title: string): Promise<string> {
  const code = title.indexOf('`');
  const marks = code < 0 ? [] : [{ kind: 'code' as const, from: code, to: title.lastIndexOf('`') - 1 }];
  const post = { slug: 'a', lang, title: title.replaceAll('`', ''), marks: { title: marks } };
  const card = await talk?.render({ post, site: {}, output });
  if (card === undefined) throw new Error('There is no template talk.');
  return (await renderer.render(card, output)).text.replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

test.each([
  ['en', 'Harbour v1.64.0-rc.2 in 250 ms', 'HARBOUR v1.64.0-rc.2 IN 250 ms'],
  ['en', 'What useEffect, snake_case and `for each` cost', 'WHAT useEffect, snake_case AND for each COST'],
  ['en', 'See https://example.org/a for a ≠ b', 'SEE https://example.org/a FOR a ≠ b'],
  ['de', 'Die Straße, größer gesehen', 'DIE STRASSE, GRÖSSER GESEHEN'],
  ['tr', 'Işığın izinde: İstanbul’da bir yıl', 'IŞIĞIN İZİNDE: İSTANBUL’DA BİR YIL'],
  ['el', 'Η ήσυχη τέχνη της ταχύτητας', 'Η ΗΣΥΧΗ ΤΕΧΝΗ ΤΗΣ ΤΑΧΥΤΗΤΑΣ'],
  ['nl', 'Het ijs smelt', 'HET IJS SMELT'],
  ['fr', 'L’été au XXe siècle', 'L’ÉTÉ AU XXe SIÈCLE'],
])('a title in capitals, in %s: %s', async (lang, title, expected) => {
  expect(await shown(lang, title)).toContain(expected);
});
