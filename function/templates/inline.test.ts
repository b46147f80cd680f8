import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MARK_ELEMENTS, MARK_KINDS } from '../text/marks.ts';
import { AS_IS, GAP, HANG, HOST, WHOLE, inlineOf } from './inline.ts';

const TAG = new RegExp(
  `</?(?:${[...Object.values(MARK_ELEMENTS), AS_IS, WHOLE, HOST, HANG, GAP].join('|')})>|<wbr>`,
  'g',
);
const SIGNS: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const LANGUAGES = ['en', 'fr', 'de', 'cs', 'ru', 'ja', 'zh', 'ko', 'ar', 'es', 'tlh', ''];

/** What a reader sees of HTML; spaces that do not break are spaces. */
function read(html: string): string {
  return html
    .replaceAll(TAG, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/[\u00a0\u202f]/g, ' ');
}

const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        ...'a 5 kg -> --x (“ « » ! ? 我们 的 ビルド https://x.example/a/b?c=d&e.f <b> & state-of-the-art 10 000 März'.split(
          ' ',
        ),
        ' ',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join('').replaceAll(/[\u00a0\u202f]/g, ' '));
const marks = fc.array(
  fc.record({ kind: fc.constantFrom(...MARK_KINDS), from: fc.nat(80), to: fc.nat(80) }),
  { maxLength: 8 },
);

test('any text with any marks becomes that text and tags of our own, each closed in its turn', () => {
  fc.assert(
    fc.property(text, marks, fc.constantFrom(...LANGUAGES), (title, ours, language) => {
      const html = inlineOf(title, { title, marks: { title: ours } }, language);
      expect(html.replaceAll(TAG, '')).not.toMatch(/[<>]/);
      expect(read(html)).toBe(title);
      const open: string[] = [];
      for (const [tag] of html.matchAll(TAG)) {
        if (tag.startsWith('</')) expect(open.pop()).toBe(tag.slice(2));
        else if (tag !== '<wbr>') open.push(tag.slice(1));
      }
      expect(open).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('takes time in proportion to the text', () => {
  for (const sign of [
    'a ',
    '5 kg ',
    'a-b',
    '-> ',
    '“',
    '(',
    'https://x/',
    '我',
    'J. ',
    '1 000 ',
    'x.',
    '« ',
    '— ',
    'März 5 ',
  ])
    for (const language of ['en', 'fr', 'zh', 'de']) {
      const title = sign.repeat(20_000 / sign.length);
      const start = performance.now();
      inlineOf(title, { title }, language);
      expect(performance.now() - start, `${sign} in ${language}`).toBeLessThan(1500);
    }
});

test('code keeps its own spaces, and a sign behind it begins no line', () => {
  const title = 'Run a - b & others';
  const marks = { title: [{ kind: 'code' as const, from: 4, to: 9 }] };
  expect(inlineOf(title, { title, marks }, 'en').replaceAll(TAG, '')).toBe('Run a - b\u00a0&amp; others');
});
