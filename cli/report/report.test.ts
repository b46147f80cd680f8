import { describe, expect, test } from 'vitest';
import { FunctionError } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { failed, item, stored } from '../testing/items.ts';
import { a, b, c, d, inventory, record, withProblems } from '../testing/records.ts';
import { createColors } from './colors.ts';
import { createRecorder, exitCodeOfDocument } from './document.ts';
import { failureLines } from './failure.ts';
import { count, formatBytes, formatDollars, formatMs, safe } from './format.ts';
import { jsonOutput } from './json.ts';
import { plainReporter } from './plain.ts';
import { createLinks } from './links.ts';
import { planLines, resultLines } from './summary.ts';

const colors = createColors(false);
const redact = (text: string): string => text;

describe('the document', () => {
  test('holds one line an image, by key, and counts them', () => {
    const recorder = record();
    recorder.on({ type: 'image', item: a, result: stored(a) });
    recorder.on({
      type: 'image',
      item: b,
      result: stored(b, { warnings: [{ code: 'text_cut', message: 'cut' }] }),
    });
    recorder.on({ type: 'image', item: d, result: failed(d) });
    recorder.on({ type: 'deleted', key: 'old é.jpg' });
    const { summary, images, version } = recorder.document(350);
    expect(version).toBe('1.2.3');
    expect(summary).toEqual({
      posts: 4,
      created: 1,
      updated: 1,
      unchanged: 1,
      orphaned: 0,
      deleted: 1,
      failed: 1,
      warnings: 1,
      notes: 0,
      bytes: 4000,
      durationMs: 250,
    });
    expect(images.map(({ key, action }) => [key, action])).toEqual([
      ['a.jpg', 'created'],
      ['b.jpg', 'updated'],
      ['c.jpg', 'unchanged'],
      ['d.jpg', 'failed'],
      ['old é.jpg', 'deleted'],
    ]);
    expect(images[0]).toEqual({
      slug: 'a',
      file: 'a.md',
      key: 'a.jpg',
      url: 'https://img.example/og/a.jpg',
      action: 'created',
      fingerprint: a.fingerprint,
      bytes: 2000,
      width: 8,
      height: 4,
      renderMs: 3,
      warnings: [],
      error: null,
    });
    expect(images[2]).toMatchObject({ bytes: 70, width: null });
    expect(images[3]).toMatchObject({ error: { code: 'render_failed', message: 'It broke.' } });
    expect(images[4]).toMatchObject({ slug: null, url: 'https://img.example/og/old%20%C3%A9.jpg' });
  });

  test('of a dry run tells what would be done', () => {
    const { summary, images } = record(true, null).document(100);
    expect(summary).toMatchObject({ created: 2, updated: 1, unchanged: 1, orphaned: 1, bytes: 0 });
    expect(images.every(({ url }) => url === null)).toBe(true);
  });

  test('decides the exit code: failures and problems always, warnings when strict', () => {
    const { summary } = record().document(0);
    const code = (change: Partial<typeof summary>, problems = 0, strict = false) =>
      exitCodeOfDocument(
        {
          summary: { ...summary, ...change },
          problems: Array.from({ length: problems }, () => ({ file: 'f', code: 'c', message: 'm' })),
        },
        { strict },
      );
    expect(code({})).toBe(0);
    expect(code({ failed: 1 })).toBe(1);
    expect(code({}, 1)).toBe(1);
    expect(code({ warnings: 1 })).toBe(0);
    expect(code({ warnings: 1 }, 0, true)).toBe(1);
  });
});

describe('what a person reads', () => {
  const options = {
    colors,
    link: createLinks(false),
    verbose: false,
    store: 'out/images',
    manifest: null,
    strict: false,
    complete: true,
    interrupted: false,
  };

  test('the result says what was done, how much of it, and where it is', () => {
    const recorder = record();
    recorder.on({ type: 'image', item: a, result: stored(a) });
    expect(resultLines(recorder.document(1600), { ...options, manifest: 'out/og.json' })).toEqual([
      '✔ 4 posts: 1 created, 0 updated, 1 unchanged, 1 orphaned · 2.0 kB made · 1.5 s',
      '  images   out/images',
      '  manifest out/og.json',
      '  Orphaned images stay until "og-sync prune" or "og-sync --prune".',
    ]);
  });

  test('a run that was interrupted says so, and that nothing is lost', () => {
    const lines = resultLines(record().document(1600), { ...options, complete: false, interrupted: true });
    expect(lines[0]).toMatch(/^■/);
    expect(lines.at(-1)).toContain('Run it again');
  });

  test.each([
    ['all well', { created: 2 }, 0, '✔'],
    ['some failed', { created: 2, failed: 1 }, 0, '■'],
    ['some are problems', { unchanged: 2 }, 3, '■'],
    ['every image failed', { failed: 3 }, 0, '✖'],
    ['every file is a problem', { posts: 0 }, 57, '✖'],
    ['there is no post at all', { posts: 0 }, 0, '■'],
  ])('the mark says how it went: %s', (_, counts, problems, mark) => {
    const whole = withProblems({ no_title: problems }).document(0);
    const summary = { ...whole.summary, posts: 3, ...counts };
    const [line] = resultLines({ ...whole, summary }, options);
    expect(line).toMatch(new RegExp(`^${mark} `));
    const planned = planLines({ ...whole, summary }, { ...options, most: 50 }).at(-1);
    expect(planned).toMatch(new RegExp(`^${mark === '✔' ? '→' : mark} `));
  });

  test('a warning with --strict, and work left undone, are no green tick either', () => {
    const whole = record().document(0);
    const warned = { ...whole, summary: { ...whole.summary, created: 3, warnings: 1 } };
    expect(resultLines(warned, options)[0]).toMatch(/^✔/);
    expect(resultLines(warned, { ...options, strict: true })[0]).toMatch(/^■/);
    expect(resultLines(warned, { ...options, complete: false })[0]).toMatch(/^■/);
  });

  test('a plan is one line an image and the counts', () => {
    expect(planLines(record(true).document(0), { ...options, most: 50 })).toEqual([
      '+ create  a.jpg  a.md',
      '~ update  b.jpg  b.md',
      '+ create  d.jpg  d.md',
      '- orphan  old é.jpg',
      '→ 2 to create, 1 to update, 1 unchanged, 1 orphaned in out/images',
    ]);
  });

  test('a long plan is cut where a person stops reading, and shows some of each kind', () => {
    const many = Array.from({ length: 5000 }, (_, at) => item(`p${at}.jpg`, 'f'));
    const recorder = createRecorder({ version: '1', startedAt: 0, publicUrl: null, dryRun: true });
    const long: Plan = {
      create: many,
      update: [b, c],
      keep: [],
      orphan: many.map(({ key }) => `old-${key}`),
    };
    recorder.on({ type: 'scanned', posts: 5002, problems: [] });
    recorder.on({ type: 'planned', plan: long, store: '/s', inventory });
    const lines = planLines(recorder.document(0), { ...options, most: 45 });
    expect(lines).toHaveLength(47);
    const counts = ['+ create', '~ update', '- orphan'].map(
      (sign) => lines.filter((line) => line.startsWith(sign)).length,
    );
    expect(counts).toEqual([21, 2, 22]);
    expect(lines.at(-2)).toBe('… and 9,957 more lines (--verbose prints all)');
    expect(planLines(recorder.document(0), { ...options, most: Infinity })).toHaveLength(10_003);
  });

  test('an error says what happened and what to do; its stack only on request', () => {
    const error = new CliError('usage', 'Wrong.', 'Do right.', { cause: new Error('deep down') });
    expect(failureLines(error, { colors, verbose: false, redact })).toEqual(['✖ Wrong.', '  Do right.']);
    const verbose = failureLines(error, { colors, verbose: true, redact }).join('\n');
    expect(verbose).toContain('Caused by: Error: deep down');
    expect(verbose).toMatch(/at .*report\.test\.ts/);
  });

  test('an error nobody foresaw asks to be reported', () => {
    expect(
      failureLines(new TypeError('x is undefined'), { colors, verbose: false, redact }).join(' '),
    ).toContain('report it');
  });
});

function plainLines(verbose: boolean, images: number): string[] {
  const said: string[] = [];
  const reporter = plainReporter({
    output: { write: (text: string) => said.push(text.trimEnd()) },
    verbose,
  });
  reporter.on({ type: 'started', where: 'here', images });
  reporter.on({ type: 'retry', reason: 'HTTP 503', delayMs: 200, posts: 4 });
  reporter.on({ type: 'retry', reason: 'HTTP 503', delayMs: 300, posts: 4 });
  for (let at = 0; at < images; at += 1) reporter.on({ type: 'image', item: a, result: stored(a) });
  return said;
}

describe('plain lines', () => {
  test('tell progress in tenths, and the first retry', () => {
    const said = plainLines(false, 1000);
    expect(said.filter((line) => line.includes('/1000 images'))).toHaveLength(9);
    expect(said.filter((line) => line.includes('HTTP 503'))).toHaveLength(1);
  });

  test('tell nothing of a handful but that it is made', () => {
    expect(plainLines(false, 3)).toHaveLength(2);
  });

  test('tell each image and each retry with --verbose', () => {
    const said = plainLines(true, 30);
    expect(said.filter((line) => line.includes('stored a.jpg'))).toHaveLength(30);
    expect(said.filter((line) => line.includes('HTTP 503'))).toHaveLength(2);
  });
});

test('only the first document is printed, with the error if there was one', () => {
  let said = '';
  const json = jsonOutput({ write: (text: string) => (said += text) }, redact);
  json.print(() => record().document(0), new FunctionError('store_refused', 'No.', 'Ask.'));
  json.print(() => record().document(0));
  expect(JSON.parse(said)).toMatchObject({
    summary: { posts: 4 },
    error: { code: 'store_refused', message: 'No.', hint: 'Ask.' },
  });
});

test('numbers are told as a person would', () => {
  expect([0, 999, 1000, 14_200, 999_600, 3_100_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '14 kB',
    '1.0 MB',
    '3.1 GB',
  ]);
  expect([0.4, 340, 1900, 12_300, 59_960, 125_000, 3_720_000].map(formatMs)).toEqual([
    '0 ms',
    '340 ms',
    '1.9 s',
    '12 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 2 min',
  ]);
  expect([0.001, 1.5, 1234.567].map(formatDollars)).toEqual(['less than $0.01', '$1.50', '$1,234.57']);
  expect([count(1, 'image'), count(2300, 'image')]).toEqual(['1 image', '2,300 images']);
});

test('control codes and overrides in a title are shown, not obeyed', () => {
  expect(safe('a\u001b[31mb\nc\u202ed')).toBe(String.raw`a\u001b[31mb\u000ac\u202ed`);
  expect(safe('Grüße, 日本 🚀')).toBe('Grüße, 日本 🚀');
});
