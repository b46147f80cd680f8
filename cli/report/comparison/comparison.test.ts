import fc from 'fast-check';
import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import type { ComparedCard, ComparedTemplate } from '../../compare/compared.ts';
import { emptyDocument } from '../document.ts';
import type { ImageLine, ReportDocument } from '../document.ts';
import { headline, percent } from './comparison.ts';
import type { ComparisonReport } from './comparison.ts';
import { comparisonPage } from './page.ts';
import { comparisonSummary } from './summary.ts';

const side = {
  picture: Buffer.from('webp'),
  width: 600,
  height: 315,
  original: { width: 1200, height: 630, format: 'jpeg', bytes: 60_000 },
};

function card(more: Partial<ComparedCard> = {}): ComparedCard {
  return {
    alt: 'A title',
    address: '/a/',
    file: 'content/a.md',
    key: 'a.jpg',
    output: null,
    before: side,
    after: side,
    mask: Buffer.from('mask'),
    share: 0.25,
    note: null,
    warnings: [],
    bytes: 12,
    ...more,
  };
}

function orphan(key: string): ImageLine {
  const nothing = {
    slug: null,
    file: null,
    url: null,
    fingerprint: null,
    bytes: null,
    width: null,
    height: null,
  };
  return { ...nothing, key, action: 'orphaned', renderMs: null, warnings: [], error: null };
}

function template(more: Partial<ComparedTemplate> = {}): ComparedTemplate {
  return { name: 'default', changed: [], moreChanged: 0, same: 0, created: [], moreCreated: 0, ...more };
}

function report(
  templates: ComparedTemplate[],
  { summary = {}, ...more }: Omit<Partial<ReportDocument>, 'summary'> & { summary?: object } = {},
): ComparisonReport {
  const document = emptyDocument('1.0.0');
  return {
    document: { ...document, ...more, summary: { ...document.summary, ...summary } },
    templates,
    replaced: new Set(['replaced.jpg']),
    store: 'out/images',
    estimate: 'It takes about 2 s.',
    notices: [],
  };
}

describe('the headline', () => {
  test.each([
    [report([]), 'No card changes'],
    [report([template({ changed: [card()] })]), '1 card changes'],
    [report([template({ changed: [card()], moreChanged: 999 })]), '1,000 cards change'],
    [
      report([template({ same: 2, created: [card()] })], {
        images: ['a.jpg', 'b.jpg', 'replaced.jpg'].map(orphan),
      }),
      '1 is new, 2 look the same, 2 are orphaned',
    ],
    [report([], { summary: { failed: 1 } }), '1 cannot be drawn'],
  ])('%#', (given, expected) => expect(headline(given)).toBe(expected));
});

test.each([
  [0.0001, '0.1 %'],
  [0.1249, '12.5 %'],
  [0.999, '100 %'],
  [1, '100 %'],
])('a share of %d is %s', (share, expected) => expect(percent(share)).toBe(expected));

/** What a stranger may write into a title, a path or a message. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '</style>',
        '<img src=x onerror=alert(1)>',
        '"',
        "'",
        '`',
        '](x)',
        '![',
        '|',
        '\n',
        '@all',
        '&lt;',
        '-->',
        'a',
        '#',
        '\\',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

function hostileReport(text: string): ComparisonReport {
  const warnings = [{ code: 'text_cut' as const, message: text }];
  const cards = [card({ alt: text, file: text, key: text, output: text, warnings, note: text })];
  return {
    ...report([template({ name: text, changed: cards, created: cards })], {
      problems: [{ file: text, code: text, message: text }],
      images: [
        orphan(text),
        { ...orphan(`${text}.jpg`), action: 'failed', file: text, error: { code: text, message: text } },
        { ...orphan(`${text}.png`), action: 'updated', file: text, warnings },
      ],
    }),
    store: text,
    notices: [text],
  };
}

interface Node {
  nodeName: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

function elements(node: Node): Node[] {
  return [node, ...(node.childNodes ?? []).flatMap(elements)].filter(({ attrs }) => attrs !== undefined);
}

const shape = (html: string) => {
  const found = elements(parse(html));
  return found.map(({ nodeName, attrs = [] }) => `${nodeName} ${attrs.map(({ name }) => name).join(' ')}`);
};

test('no text makes an element or an attribute of the page', () => {
  const plain = shape(comparisonPage(hostileReport('a'), Buffer.from('font')));
  fc.assert(
    fc.property(hostile, (text) => {
      expect(shape(comparisonPage(hostileReport(text), Buffer.from('font')))).toEqual(plain);
    }),
  );
});

/** The signs of Markdown that are not written as entities. */
const marks = (text: string) => text.replaceAll(/&#\d+;/g, '').replaceAll(/[^\n|[\]()<>!*`@]/g, '');

const marksOfSummary = (text: string) =>
  marks(comparisonSummary(hostileReport(text), 'https://ci.example/p/').text);

test('no text makes a line, a link, a picture, a cell or a tag of the Markdown', () => {
  const plain = marksOfSummary('a');
  fc.assert(
    fc.property(hostile, (text) => {
      expect(marksOfSummary(text)).toBe(plain);
    }),
  );
});

test('the Markdown names as many pictures as it comes with, below their address', () => {
  const changed = Array.from({ length: 20 }, (_, at) => card({ share: 1 - at / 20 }));
  const given = report([template({ changed, created: [card({ before: null, mask: null })] })]);
  const { text, pictures } = comparisonSummary(given, 'https://ci.example/p/');
  const named = [...text.matchAll(/\]\(https:\/\/ci\.example\/p\/([^)]+)\)/g)].map(([, name]) => name);
  expect(named).toEqual(pictures.map(({ name }) => name));
  expect(named).toHaveLength(12 * 2 + 1);
  expect(text).toContain('… and 8 more cards.');
  const without = comparisonSummary(given, null);
  expect(without.pictures).toEqual([]);
  expect(without.text).not.toContain('](');
});
