import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failed, item, stored } from '../testing/items.ts';
import { LOCAL, createRunFailures } from './run-failures.ts';
import type { Settled } from './run-failures.ts';

function one(key: string, code: string | null, details?: unknown): Settled {
  const made = item(key, 'f');
  if (code === null) return { item: made, result: stored(made) };
  return {
    item: made,
    result: failed(made, { code, message: `No ${key}.`, ...(details !== undefined && { details }) }),
  };
}

/** What comes of results in this order: those that are reported one by one, and what ends the run after how many. */
function take(all: readonly Settled[]) {
  const failures = createRunFailures('https://f.example/');
  const settled: Settled[] = [];
  for (const [index, each] of all.entries()) {
    const known = failures.take(each);
    settled.push(...known.settled);
    if (known.error !== null) return { settled, error: known.error, after: index + 1 };
  }
  const known = failures.end();
  return { settled: [...settled, ...known.settled], error: known.error, after: all.length };
}

const many = (count: number, code: string | null, folder = '', details?: unknown) =>
  Array.from({ length: count }, (_, at) => one(`${folder}p${at}.jpg`, code, details));

describe('a failure that is the post’s own', () => {
  test.each(['store_refused', 'store_unavailable'])('%s once among 40', (code) => {
    for (const at of [0, 20, 39]) {
      const all = many(40, null);
      all[at] = one(`p${at}.jpg`, code);
      const { settled, error } = take(all);
      expect(error).toBeNull();
      expect(settled).toHaveLength(40);
      expect(settled.filter(({ result }) => result.status === 'failed')).toHaveLength(1);
    }
  });

  test('a folder that may not be written to, in a store that may', () => {
    const { error, settled } = take([...many(20, 'store_refused', 'private/'), ...many(3, null)]);
    expect(error).toBeNull();
    expect(settled).toHaveLength(23);
  });

  test.each(['invalid_key', 'render_failed', 'template_failed', 'out_of_ink'])('%s of every post', (code) => {
    const { error, settled } = take(many(50, code));
    expect(error).toBeNull();
    expect(settled).toHaveLength(50);
  });
});

describe('a failure of the whole run is reported once, and ends it', () => {
  test.each<[string, Settled[], number, string]>([
    ['a store that says so of every key', many(40, 'store_refused', '', { everywhere: true }), 1, 'store_refused'],
    ['an endpoint that is not S3', many(40, 'store_unavailable', '', { everywhere: true }), 1, 'store_unavailable'],
    ['a browser that never started', many(40, 'browser_unavailable'), 1, 'browser_unavailable'],
    ['a store that refuses one after the other', many(40, 'store_refused'), 8, 'store_refused'],
    ['the same, all in one folder', many(40, 'store_refused', 'posts/'), 32, 'store_refused'],
    ['a store that is gone', many(40, 'store_unavailable'), 8, 'store_unavailable'],
    ['a store that goes', [...many(5, null), ...many(40, 'store_unavailable')], 13, 'store_unavailable'],
    ['a browser that goes', [...many(5, null), ...many(40, 'browser_unavailable')], 13, 'browser_unavailable'],
    ['the only post there is', many(1, 'store_refused'), 1, 'store_refused'],
    ['each of three posts', many(3, 'store_unavailable'), 3, 'store_unavailable'],
  ])('%s', (_what, all, after, code) => {
    const found = take(all);
    expect(found.error).toMatchObject({ code });
    expect(found.error?.message).toMatch(/No (posts\/)?p\d/);
    expect(found.after).toBe(after);
    expect(found.settled.filter(({ result }) => result.status === 'failed')).toEqual([]);
  }); // prettier-ignore

  test('the browser of a function is not cured on this machine', () => {
    const error = take(many(1, 'browser_unavailable')).error;
    expect(error?.message).toContain('https://f.example/');
    expect(error?.hint).not.toContain('CHROME_PATH');
    const here = createRunFailures(LOCAL).take(one('a.jpg', 'browser_unavailable')).error;
    expect(here?.hint).toContain('CHROME_PATH');
  });
});

test('no result is lost and none is reported twice, unless the run ends', () => {
  const results = fc.array(
    fc.constantFrom(null, 'store_refused', 'store_unavailable', 'browser_unavailable', 'render_failed'),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(results, (codes) => {
      const all = codes.map((code, at) => one(`p${at}.jpg`, code));
      const { settled, error, after } = take(all);
      expect(new Set(settled).size).toBe(settled.length);
      const stored = all.slice(0, after).filter(({ result }) => result.status === 'stored');
      for (const each of stored) expect(settled).toContain(each);
      if (error === null) expect(settled.length).toBe(all.length);
    }),
  );
});
