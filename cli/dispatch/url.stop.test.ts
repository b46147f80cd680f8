import { afterEach, describe, expect, test } from 'vitest';
import type { Fault, Seen } from '../../function/testing/fault-proxy.ts';
import { FunctionError } from '../../function/contract.ts';
import { memoryStore } from '../../function/testing/fakes.ts';
import { dispatchTo, items, sendItems } from '../testing/dispatch.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction, TestFunctionOptions } from '../testing/function.ts';

let running: TestFunction | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

const refusing = (refuses: (key: string) => boolean): TestFunctionOptions => ({
  store: memoryStore(({ key }) => {
    if (refuses(key)) throw new FunctionError('store_refused', `Cannot write ${key}: access denied.`, '');
  }),
});

const busy = (seconds: string): TestFunctionOptions => ({
  fault: () => ({ kind: 'answer', status: 429, headers: { 'retry-after': seconds } }),
});

const isPost = ({ method }: Seen): boolean => method === 'POST';
const ok = (value: unknown): Fault => ({ kind: 'answer', status: 200, body: JSON.stringify(value) });
const results = (seen: Seen, error: { code: string; message: string }): Fault => {
  const { posts } = JSON.parse(seen.body.toString()) as { posts: { slug: string; key: string }[] };
  return ok({
    results: posts.map(({ slug, key }) => ({ status: 'failed', slug, key, warnings: [], error })),
    unprocessed: [],
  });
};

const ALWAYS: Record<string, (seen: Seen) => Fault> = {
  'HTTP 500': () => ({ kind: 'answer', status: 500 }),
  'HTTP 502 with HTML': () => ({ kind: 'answer', status: 502, body: '<h1>Bad gateway</h1>' }),
  'a reset': () => ({ kind: 'reset-before' }),
  'HTTP 200 with HTML': () => ({ kind: 'answer', status: 200, body: '<h1>Hi</h1>' }),
  'HTTP 413': () => ({ kind: 'answer', status: 413 }),
  'no post begun': () => ok({ results: [], unprocessed: [] }),
  'an internal error for each post': (seen) => results(seen, { code: 'internal', message: 'no' }),
};

describe('a function whose GET works and whose POST always fails costs few requests', () => {
  test.each(Object.entries(ALWAYS))('%s, for 10,000 posts', async (_name, always) => {
    running = await startFunction({ fault: (seen) => (isPost(seen) ? always(seen) : null) });
    const dispatch = dispatchTo(running.url, { concurrency: 10, batch: 16 });
    const todo = await items(dispatch, 10_000);
    const { stored, error, events } = await sendItems(dispatch, todo, { store: running.store });
    // One wait before each single batch, and none after the end.
    expect(events.filter(({ type }) => type === 'waiting')).toHaveLength(8);
    expect(stored).toEqual([]);
    expect(error).toMatchObject({ exitCode: 3, code: 'function_unreachable' });
    expect(String(error)).toMatch(/requests to render all failed/);
    expect(running.seen.filter(isPost).length).toBeLessThan(40);
    expect(running.seen.length).toBeLessThan(100);
  });
});

test('a function without a browser ends the run by that cause', async () => {
  const error = { code: 'browser_unavailable', message: 'No browser.' };
  running = await startFunction({ fault: (seen) => (isPost(seen) ? results(seen, error) : null) });
  const dispatch = dispatchTo(running.url, { concurrency: 10, batch: 16 });
  const sent = await sendItems(dispatch, await items(dispatch, 10_000), { store: running.store });
  expect(sent).toMatchObject({ stored: [], failed: [], error: { code: 'browser_unavailable' } });
  expect(running.seen.filter(isPost).length).toBeLessThan(100);
});

test('half a minute of trouble, on the scale of the test, costs no image', async () => {
  let failed = 0;
  running = await startFunction({
    fault: (seen) => {
      if (!isPost(seen) || failed >= 14) return null;
      failed += 1;
      return { kind: 'answer', status: 502 };
    },
  });
  const dispatch = dispatchTo(running.url, { concurrency: 2 });
  const { stored, error, events } = await sendItems(dispatch, await items(dispatch, 200), {
    store: running.store,
  });
  expect(error).toBeNull();
  expect(stored).toHaveLength(200);
  expect(events.some(({ type }) => type === 'waiting')).toBe(true);
});

describe('what only a newer function knows', () => {
  const foreign: Record<string, (slug: string, key: string) => object> = {
    'an error code': (slug, key) => ({ status: 'failed', slug, key, error: { code: 'out_of_ink', message: 'Buy some.' } }),
    'a status': (slug, key) => ({ status: 'queued', slug, key }),
  }; // prettier-ignore
  test.each(Object.entries(foreign))('%s costs the one result it stands in', async (_what, make) => {
    running = await startFunction({
      wrap: (app) => ({
        ...app,
        async render(body, context) {
          const response = await app.render(body, context);
          const changed = response.results.map((result) =>
            result.slug === 'p3' ? make(result.slug, result.key) : result,
          );
          return { ...response, results: changed as typeof response.results };
        },
      }),
    });
    const dispatch = dispatchTo(running.url);
    const { stored, failed, error } = await sendItems(dispatch, await items(dispatch, 20), {});
    expect(error).toBeNull();
    expect(stored).toHaveLength(19);
    expect(failed).toEqual(['p3']);
  });

  test('a warning is shown as it came', async () => {
    running = await startFunction({
      wrap: (app) => ({
        ...app,
        async render(body, context) {
          const response = await app.render(body, context);
          for (const { warnings } of response.results) warnings.push({ code: 'too_pretty', message: 'Hm.' });
          return response;
        },
      }),
    });
    const dispatch = dispatchTo(running.url);
    const { stored, results } = await sendItems(dispatch, await items(dispatch, 2), {});
    expect(stored).toHaveLength(2);
    expect(results[0]?.result.warnings).toEqual([{ code: 'too_pretty', message: 'Hm.' }]);
  });
});

describe('a store behind the function', () => {
  test('that refuses one key, alone in its batch, costs one post', async () => {
    running = await startFunction(refusing((key) => key === 'p0.jpg'));
    const dispatch = dispatchTo(running.url, { batch: 1 });
    const { stored, failed, error } = await sendItems(dispatch, await items(dispatch, 40), {});
    expect(error).toBeNull();
    expect(failed).toEqual(['p0']);
    expect(stored).toHaveLength(39);
  });

  test('that refuses every key ends the run, once', async () => {
    running = await startFunction({ ...refusing(() => true), fault: () => null });
    const dispatch = dispatchTo(running.url, { batch: 4, concurrency: 2 });
    const { failed, error } = await sendItems(dispatch, await items(dispatch, 400), {});
    expect(failed).toEqual([]);
    expect(error).toMatchObject({ code: 'store_refused', exitCode: 3 });
    expect(running.seen.filter(isPost).length).toBeLessThan(6);
  });
});

describe('the first question', () => {
  test.each(['86400', '999999999', new Date(Date.now() + 7 * 86_400_000).toUTCString()])(
    'is not waited for when the function asks for %s',
    async (asked) => {
      running = await startFunction(busy(asked));
      const startedAt = performance.now();
      const error: unknown = await dispatchTo(running.url)
        .describe()
        .catch((error: unknown) => error);
      expect(error).toMatchObject({ code: 'function_unreachable', exitCode: 3 });
      expect(String(error)).toMatch(/to be left alone for \d+ s/);
      expect(performance.now() - startedAt).toBeLessThan(1000);
    },
  );

  test('is waited for a little, which is reported, and until the run is stopped', async () => {
    running = await startFunction(busy('5'));
    const stop = new AbortController();
    const waits: number[] = [];
    const startedAt = performance.now();
    const dispatch = dispatchTo(running.url, {
      signal: stop.signal,
      onWait: (_reason, delayMs) => {
        waits.push(delayMs);
        stop.abort();
      },
    });
    await expect(dispatch.describe()).rejects.toHaveProperty('name', 'AbortError');
    expect(waits[0]).toBeGreaterThanOrEqual(5000);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
