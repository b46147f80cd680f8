import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softened } from './hyphenation.ts';

const SOFT = '\u00ad';
const shown = async (language: string, word: string): Promise<string> =>
  ((await softened([word], language))[word] ?? word).replaceAll(SOFT, '·');

describe('a compound parts at its seams', () => {
  test.each([
    ['de', 'Donaudampf·schifffahrts·gesellschaftskapitän'],
    ['de', 'Rechtsschutz·versicherungs·gesellschaften'],
    ['de', 'Bundesausbildungs·förderungsgesetz'],
    ['de', 'Geschwindigkeits·begrenzung'],
    ['de', 'Barrierefreiheits·stärkungsgesetz'],
    ['de', 'Software·entwicklungen'],
    ['de', 'Nahrungs·mittel·unverträglichkeit'],
    ['da', 'Tilgængeligheds·erklæring'],
    ['de', 'Datenschutz·grundverordnung'],
    ['nl', 'Arbeids·ongeschiktheids·verzekering'],
    ['nl', 'Ontwikkelings·samenwerking'],
    ['nl', 'Gegevensbeschermings·autoriteit'],
    ['sv', 'Arbetsmarknads·departementet'],
    ['sv', 'Tillgänglighets·direktivet'],
    ['da', 'Sundhedsforsikrings·selskabet'],
    ['da', 'Programmerings·sprog'],
    ['nb', 'Personopplysnings·loven'],
    ['fi', 'Lentokonesuihku·turbiinimoottori'],
    ['fi', 'saavutettavuus·vaatimukset'],
  ])('%s: %s', async (language, word) => {
    expect(await shown(language, word.replaceAll('·', ''))).toBe(word);
  });
});

describe('no part is divided', () => {
  test.each([
    ['de', 'Softwareentwicklungen', 'ent·wick', 'a prefix from its word'],
    ['de', 'Donaudampfschifffahrtsgesellschaft', 'ge·sell', 'a prefix from its word'],
    ['nl', 'Arbeidsongeschiktheidsverzekering', 'schikt·heid', 'a suffix from its word'],
    ['de', 'Nahrungsmittelunverträglichkeit', 'lich·keit', 'a suffix from its word'],
    ['de', 'Fensterputzermeister', 'Fens·ter', 'an s of its own from its word'],
    [
      'fi',
      'Lentokonesuihkuturbiinimoottori',
      'suih·ku',
      'a Finnish part inside of a syllable that no word ends with',
    ],
    [
      'fi',
      'Lentokonesuihkuturbiinimoottori',
      'moot·to',
      'a Finnish part inside of a syllable that no word ends with',
    ],
  ])('%s: %s is not %s, %s', async (language, word, parted) => {
    expect(await shown(language, word)).not.toContain(parted);
  });
});

test('a long word has at least four letters on each side, a short one three', async () => {
  const words = ['Internationalization', 'Infrastrukturkostenrechnung', 'Verkkopalvelun', 'beginnings'];
  const lengths: Record<string, number> = {};
  for (const language of ['en', 'de', 'fi', 'hu'])
    for (const word of words) {
      const parts = (await shown(language, word)).split('·').map(({ length }) => length);
      lengths[`${language} ${word}`] = Math.min(...parts) - (word.length < 12 ? 3 : 4);
    }
  expect(Object.entries(lengths).filter(([, length]) => length < 0)).toEqual([]);
});

test('nothing but soft hyphens is added, whatever the word', async () => {
  const letter = fc.constantFrom(
    ...'a b c d e f g h i k l m n o p r s t u v y z ä ö ü ß å ø é ı İ Ä S'.split(' '),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: letter, minLength: 6, maxLength: 60 }),
      fc.constantFrom('de', 'nl', 'sv', 'fi', 'hu', 'en', 'tr'),
      async (word, language) => {
        const found = await softened([word], language);
        const soft = Object.hasOwn(found, word) ? (found[word] ?? '') : word;
        expect(soft.replaceAll(SOFT, '')).toBe(word);
        expect(soft).not.toMatch(/^\u00ad|\u00ad$|\u00ad\u00ad/);
      },
    ),
  );
});
