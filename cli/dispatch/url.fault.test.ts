import { afterEach, describe, expect, test } from 'vitest';
import type { Fault, Seen } from '../../function/testing/fault-proxy.ts';
import { faultsInOrder } from '../../function/testing/fault-proxy.ts';
import { dispatchTo, items, sendItems } from '../testing/dispatch.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';

const POSTS = 40;
let running: TestFunction | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

const isPost = ({ method }: Seen): boolean => method === 'POST';
const html = '<!doctype html><title>Bad gateway</title>';
const faults: Record<string, Fault> = {
  'a connection reset before the request': { kind: 'reset-before' },
  'a connection reset before the answer': { kind: 'reset-after' },
  'a request cut off half-way': { kind: 'cut-request', bytes: 200 },
  'an answer later than the time-out': { kind: 'delay', ms: 900 },
  'no answer at all': { kind: 'hang' },
  'no answer, though all was done': { kind: 'hang', done: true },
  'an answer that drips past the time-out': { kind: 'drip', chunk: 20, ms: 30 },
  '429 without Retry-After': { kind: 'answer', status: 429 },
  '429 with Retry-After': { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
  'HTTP 500': { kind: 'answer', status: 500 },
  'HTTP 500, though all was done': { kind: 'answer', status: 500, done: true },
  'HTTP 502 with HTML': { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: html },
  'HTTP 502, though all was done': { kind: 'answer', status: 502, done: true },
  'HTTP 503': { kind: 'answer', status: 503 },
  'HTTP 504, though all was done': { kind: 'answer', status: 504, done: true },
  'HTTP 200 with HTML': { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: html },
  'JSON cut off': { kind: 'cut-response', bytes: 60 },
  "JSON that is somebody else's": { kind: 'answer', status: 200, body: '{"ok":true}', done: true },
};

describe.each(Object.entries(faults))('%s', (_name, fault) => {
  test('is recovered from: every image is stored, and none is made twice', async () => {
    running = await startFunction({ fault: faultsInOrder([fault, null, fault], isPost) });
    const dispatch = dispatchTo(running.url);
    const todo = await items(dispatch, POSTS);
    const { stored, failed, error, events } = await sendItems(dispatch, todo, { store: running.store });
    expect(error).toBeNull();
    expect(failed).toEqual([]);
    expect(stored.sort()).toEqual(todo.map(({ slug }) => slug).sort());
    for (const { key, fingerprint } of todo) expect(await running.store.fingerprint(key)).toBe(fingerprint);
    expect(running.renderer.rendered).toBe(POSTS);
    expect(events.some(({ type }) => type === 'retry')).toBe(true);
    expect(running.seen.filter(isPost).length).toBeLessThanOrEqual(POSTS / 8 + 6);
  });
});

test('Retry-After is waited for before the same posts come again', async () => {
  const fault: Fault = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } };
  running = await startFunction({ fault: faultsInOrder([fault], isPost) });
  const dispatch = dispatchTo(running.url);
  const { events } = await sendItems(dispatch, await items(dispatch, 8), { store: running.store });
  const waits = events.flatMap((event) => (event.type === 'retry' ? [event.delayMs] : []));
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThanOrEqual(1000);
});

test('without a look into the store only the batches whose answers were lost are made twice', async () => {
  const lost: Fault = { kind: 'reset-after' };
  running = await startFunction({ fault: faultsInOrder([lost, null, lost], isPost) });
  const dispatch = dispatchTo(running.url);
  const { stored, error } = await sendItems(dispatch, await items(dispatch, POSTS));
  expect(error).toBeNull();
  expect(stored).toHaveLength(POSTS);
  expect(running.renderer.rendered).toBeLessThanOrEqual(POSTS + 2 * 8);
});

/** A small generator with a seed (mulberry32): the same faults in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test.each([1, 2, 3])('300 posts where every tenth request fails end complete (seed %i)', async (seed) => {
  const roll = dice(seed);
  const choice = Object.values(faults).filter(
    ({ kind }) => kind !== 'hang' && kind !== 'drip' && kind !== 'delay',
  );
  running = await startFunction({
    fault: () => (roll() < 0.1 ? (choice[Math.floor(roll() * choice.length)] ?? null) : null),
  });
  const dispatch = dispatchTo(running.url, { batch: 4 });
  const todo = await items(dispatch, 300);
  const { stored, error } = await sendItems(dispatch, todo, { store: running.store });
  expect(error).toBeNull();
  expect(new Set(stored).size).toBe(300);
  expect(stored).toHaveLength(300);
  expect(running.renderer.rendered).toBeLessThanOrEqual(330);
});

test('a post that kills the function is named; the other 99 are stored', async () => {
  const killed: Fault = { kind: 'answer', status: 502, body: '{"Message":"Internal Server Error"}' };
  running = await startFunction({
    fault: ({ body }) => (body.toString().includes('"post 37"') ? killed : null),
  });
  const dispatch = dispatchTo(running.url, { batch: 16 });
  const { stored, failed, error, results } = await sendItems(dispatch, await items(dispatch, 100), {
    store: running.store,
  });
  expect(error).toBeNull();
  expect(stored).toHaveLength(99);
  expect(failed).toEqual(['p37']);
  const culprit = results.find(({ item }) => item.slug === 'p37')?.result;
  expect(culprit).toMatchObject({ status: 'failed', error: { code: 'render_failed' } });
  expect(running.renderer.rendered).toBe(99);
});

test('a function that goes down ends the run with what was stored, in few requests', async () => {
  let posts = 0;
  running = await startFunction({
    fault: (seen) => {
      if (isPost(seen)) posts += 1;
      return posts > 2 ? { kind: 'answer', status: 503 } : null;
    },
  });
  const dispatch = dispatchTo(running.url);
  const { stored, error } = await sendItems(dispatch, await items(dispatch, 200), { store: running.store });
  expect(error).toMatchObject({ code: 'function_unreachable', exitCode: 3 });
  expect(stored).toHaveLength(16);
  expect(running.seen.length).toBeLessThan(60);
});

test('a function that always says 429 is given up when nothing was stored for too long', async () => {
  running = await startFunction({ fault: (seen) => (isPost(seen) ? { kind: 'answer', status: 429 } : null) });
  const dispatch = dispatchTo(running.url, { policy: { idleMs: 200 } });
  const { error, stored } = await sendItems(dispatch, await items(dispatch, 16), { store: running.store });
  expect(stored).toEqual([]);
  expect(error).toMatchObject({ code: 'function_unreachable' });
  expect(String(error)).toContain('429');
});
