import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { bounded, boundsProblem, clip } from './bound.ts';
import { createHandler } from '../lambda/invocation.ts';
import { createLog, describeError, encodeLine } from '../log.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from '../testing/fakes.ts';

const nested = (depth: number, core: string): string => '['.repeat(depth) + core + ']'.repeat(depth);
const many = (count: number, one: string): string => Array.from({ length: count }, () => one).join(',');
const GOOD = '{"slug":"good","title":"Good"}';

/** Posts and requests that are small to send and large to complain about. */
const HOSTILE: Record<string, string> = {
  'lists around a number that is none': `{"slug":"a","title":"A","data":{"x":${nested(1000, '1e999')}}}`,
  'a deep post': nested(400_000, ''),
  'deep data': `{"slug":"a","title":"A","data":{"x":${nested(50_000, '1')}}}`,
  'deep objects': `{"slug":"a","title":"A","data":${'{"x":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
  'tags without end': `{"slug":"a","title":"A","tags":[${many(300_000, '1')}]}`,
  'many unknown fields': `{"slug":"a","title":"A",${Array.from({ length: 30_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  'a long unknown field': `{"slug":"a","title":"A","${'k'.repeat(1_000_000)}":1}`,
  'a long slug': `{"slug":"${'/'.repeat(1_000_000)}","title":"A"}`,
  'a long key': `{"slug":"a","title":"A","key":"${' '.repeat(1_000_000)}"}`,
  'a long template': `{"slug":"a","title":"A","template":"${'a'.repeat(1_000_000)}"}`,
  'a long date': `{"slug":"a","title":"A","date":"${'1'.repeat(1_000_000)}"}`,
  'wrong data in many places': `{"slug":"a","title":"A","data":{"x":[${many(100_000, '1e999')}]}}`,
};

function setUp(write?: (line: string) => void) {
  const lines: string[] = [];
  const log = createLog(write ?? ((line) => lines.push(line)), 'debug', () => new Date(0));
  const app = createApp({ renderer: fakeRenderer(), store: memoryStore(), templates: fakeTemplates(), log });
  const handler = createHandler({ app: Promise.resolve(app), access: { auth: 'none' }, log });
  const context = { awsRequestId: 'r', functionName: 'og', getRemainingTimeInMillis: () => 30_000 };
  const call = async (body: string, path = '/') =>
    (await handler(
      { rawPath: path, requestContext: { http: { method: 'POST' } }, headers: {}, body },
      context,
    )) as { statusCode: number; body: string };
  return { lines, call, invoke: (event: unknown) => handler(event, context) };
}

describe('an error about a large input', () => {
  it.each(Object.entries(HOSTILE))('stays small and costs no other post: %s', async (_, post) => {
    const { lines, call } = setUp();
    const startedAt = performance.now();
    const { statusCode, body } = await call(`{"posts":[${post},${GOOD}]}`);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(statusCode).toBe(200);
    expect(body.length).toBeLessThan(20_000);
    const { results } = JSON.parse(body) as { results: { status: string; slug: string }[] };
    expect(results.map(({ status }) => status)).toEqual(['failed', 'stored']);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120_000);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it.each([
    ['site', `{"site":{"x":${nested(50_000, '1e999')}},"posts":[${GOOD}]}`],
    ['output', `{"output":${nested(50_000, '')},"posts":[${GOOD}]}`],
    [
      'another field',
      `{"posts":[${GOOD}],${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
    ],
    ['no object', nested(100_000, '')],
    ['too many posts', `{"posts":[${many(200_000, '1')}]}`],
    ['no JSON', 'x'.repeat(3_000_000)],
  ])('as a whole is a small refusal: %s', async (_, body) => {
    const { lines, call, invoke } = setUp();
    const answered = await call(body);
    expect(answered.statusCode).toBe(400);
    expect(answered.body.length).toBeLessThan(20_000);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120_000);
    if (body.startsWith('x')) return;
    const direct = JSON.stringify(await invoke(JSON.parse(body)));
    expect(direct.length).toBeLessThan(20_000);
  });

  it('about a path is small', async () => {
    const { call } = setUp();
    const { statusCode, body } = await call('', `/${'x'.repeat(1_000_000)}`);
    expect([statusCode, body.length < 5000]).toEqual([404, true]);
  });
});

describe('a log', () => {
  it('that cannot be written costs no picture', async () => {
    const { call } = setUp(() => {
      throw new Error('EIO');
    });
    const { body } = await call(`{"posts":[{"slug":"a"},${GOOD}]}`);
    expect(JSON.parse(body)).toMatchObject({ results: [{ status: 'failed' }, { status: 'stored' }] });
  });

  it('takes whatever it is given, and writes one short line of JSON', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const bad = {
      get broken(): string {
        throw new Error('no');
      },
    };
    const endless: Error = new Error('x'.repeat(1_000_000));
    endless.cause = endless;
    const spiteful = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no');
      },
    });
    for (const value of [
      circle,
      bad,
      10n,
      Symbol('x'),
      new Date(Number.NaN),
      describeError(endless),
      describeError(spiteful),
      Array.from({ length: 100 }, () => 'x'.repeat(100_000)),
    ]) {
      const line = encodeLine({ event: 'e', value });
      expect(line.length).toBeLessThan(120_000);
      expect(JSON.parse(line)).toMatchObject({ event: 'e' });
    }
  });
});

describe('bounds', () => {
  it('let every usual value pass, and bring it back unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(boundsProblem(value, { depth: 32, values: 40_000 })).toBeNull();
        expect(bounded(value)).toEqual(value);
      }),
    );
  });

  it('count depth and values exactly', () => {
    expect(boundsProblem([[[]]], { depth: 3, values: 10 })).toBeNull();
    expect(boundsProblem([[[[]]]], { depth: 3, values: 10 })).toContain('nested more than 3 deep');
    expect(boundsProblem([1, 2, 3], { depth: 3, values: 4 })).toBeNull();
    expect(boundsProblem([1, 2, 3, 4], { depth: 3, values: 4 })).toContain('more than 4 values');
    expect(boundsProblem({ a: [Infinity] }, { depth: 3, values: 9 })).toContain('too large for JSON');
  });

  it('cut no character in two', () => {
    expect(clip('ab🚀cd', 3)).toBe('ab… (6 characters)');
    expect(clip('ab🚀cd', 4)).toBe('ab🚀… (6 characters)');
    expect(clip('abc', 3)).toBe('abc');
  });
});
