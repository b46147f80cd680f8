import { expect, test } from 'vitest';
import { failed, stored } from '../testing/items.ts';
import { b, d, problem, record, withProblems } from '../testing/records.ts';
import { createColors } from './colors.ts';
import { troubleKindOf } from './kinds.ts';
import { troubleLines } from './trouble.ts';

const colors = createColors(false);
const calm = { colors, verbose: false };

test('trouble is told by kind: how many, what it is, where, what to do', () => {
  const recorder = record();
  recorder.on({
    type: 'scanned',
    posts: 4,
    problems: [problem('no_title', 1), problem('made_up_later', 2)],
  });
  recorder.on({
    type: 'image',
    item: b,
    result: stored(b, { warnings: [{ code: 'text_cut', message: 'cut' }] }),
  });
  recorder.on({ type: 'image', item: d, result: failed(d) });
  expect(troubleLines(recorder.document(0), calm)).toEqual([
    '▲ 1 image to look at',
    '  1  text_cut: text that does not fit',
    '     b.md  cut',
    '     → Shorten it, or set og.title or og.description.',
    '✖ 2 problems in the content',
    '  1  made_up_later: made up later',
    '     made_up_later-2.md  it is wrong',
    '  1  no_title: no title',
    '     no_title-1.md  it is wrong',
    expect.stringContaining('     → Give each a title'),
    '✖ 1 image failed',
    '  1  render_failed: a card that the browser could not draw',
    '     d.md  It broke.',
  ]);
});

test('thousands of problems are a few lines: the rarest kind first, three examples each', () => {
  const document = withProblems({ no_title: 2058, invalid_slug: 28, encoding: 1 }).document(0);
  const lines = troubleLines(document, calm);
  expect(lines.filter((line) => /^ {2,6}[\d,]+ /.test(line))).toEqual([
    '      1  encoding: a file whose encoding cannot be read',
    '     28  invalid_slug: an address that cannot name an image',
    '  2,058  no_title: no title',
  ]);
  expect(lines.filter((line) => line.includes('no_title-'))).toHaveLength(3);
  expect(lines).toContain('         … and 2,055 more');
  expect(lines.at(-1)).toContain('--json');
});

test('with --verbose every one is listed', () => {
  const lines = troubleLines(withProblems({ no_title: 2058 }).document(0), { colors, verbose: true });
  expect(lines.filter((line) => line.includes('no_title-'))).toHaveLength(2058);
  expect(lines.join('\n')).not.toContain('more');
});

test('of several images of a post, the one that is meant is named', () => {
  const recorder = record();
  const square = { ...b, key: 'b-square.jpg', outputName: 'square' };
  const warnings = [{ code: 'text_cut', message: 'cut' }];
  recorder.on({ type: 'image', item: square, result: stored(square, { warnings }) });
  expect(troubleLines(recorder.document(0), calm)).toContain('     b.md (square)  cut');
  expect(recorder.document(0).images.find(({ key }) => key === square.key)).toMatchObject({
    output: 'square',
  });
  expect(recorder.document(0).images.find(({ key }) => key === 'c.jpg')).not.toHaveProperty('output');
});

test('where lines are few, examples go before counts do', () => {
  const kinds = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`kind_${at}`, 5]));
  const document = withProblems(kinds).document(0);
  for (const most of [60, 40, 25]) {
    const lines = troubleLines(document, { ...calm, most });
    expect(lines.length).toBeLessThanOrEqual(most);
    for (const kind of Object.keys(kinds)) expect(lines.join('\n')).toContain(`5  ${kind}: `);
  }
});

test('no hint says to change the address of a page', () => {
  const { cure = '' } = troubleKindOf('invalid_slug');
  expect(cure).toContain('og.slug');
  expect(cure).toContain('map');
  expect(cure).not.toMatch(/(?<!og\.)slug:|set slug/i);
});
