import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../function/contract.ts';
import type { ErrorCode, RenderResponse, Result } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import { failed, itemFor, stored } from '../testing/items.ts';
import type { Parcel } from './batches.ts';
import { newBatch, nextSends } from './next-sends.ts';
import type { Batch, NextSends } from './next-sends.ts';
import type { SendOutcome } from './outcome.ts';

const TRIES = { post: 3, connect: 4 };
const templates = { templates: { default: { digest: 'd' } } };
const parcels = (count: number): Parcel[] =>
  Array.from({ length: count }, (_, at) => ({
    item: itemFor({ slug: `p${at}`, title: 't' }, templates),
    json: '{}',
    bytes: 2,
  }));

const unknown: SendOutcome<RenderResponse> = {
  kind: 'unknown',
  reason: 'HTTP 502',
  askedMs: null,
  timedOut: false,
  ours: true,
};
const ask = (batch: Batch, outcome: SendOutcome<RenderResponse>): NextSends =>
  nextSends('https://f.example/', batch, outcome, TRIES);
const slugs = (batches: Batch[]) => batches.map(({ parcels }) => parcels.map(({ item }) => item.slug));

/** Anything the function or the network may do to a batch. */
const outcomes = (batch: Parcel[]): fc.Arbitrary<SendOutcome<RenderResponse>> =>
  fc.oneof(
    fc.constant(unknown),
    fc.record({
      kind: fc.constant('unknown' as const),
      reason: fc.constant('no answer'),
      askedMs: fc.constant(null),
      timedOut: fc.boolean(),
      ours: fc.boolean(),
    }),
    fc.constant({ kind: 'busy' as const, reason: '429', askedMs: 1000 }),
    fc.constant({ kind: 'unreached' as const, reason: 'ECONNREFUSED', cause: null }),
    fc.constant({ kind: 'too_large' as const, reason: '413' }),
    fc
      .array(
        fc.constantFrom<'stored' | 'missing' | ErrorCode>(
          'stored',
          'missing',
          ...(Object.keys(ERRORS) as ErrorCode[]),
        ),
        { minLength: batch.length, maxLength: batch.length },
      )
      .map((fates) => ({
        kind: 'answered' as const,
        value: {
          results: batch.flatMap((parcel, at): Result[] => {
            const fate = fates[at] ?? 'missing';
            if (fate === 'missing') return [];
            return fate === 'stored'
              ? [stored(parcel.item)]
              : [failed(parcel.item, { code: fate, message: 'why' })];
          }),
          unprocessed: [],
        },
      })),
  );

test('no post is lost and none is counted twice, whatever happens', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }).chain((count) => {
        const batch = parcels(count);
        return fc.record({
          batch: fc.record({
            parcels: fc.constant(batch),
            sends: fc.nat(3),
            waits: fc.nat(3),
            connects: fc.nat(3),
            suspect: fc.boolean(),
          }),
          outcome: outcomes(batch),
        });
      }),
      ({ batch, outcome }) => {
        const next = ask(batch, outcome);
        if (next.error !== null && next.settled.length === 0) return;
        const seen = [
          ...next.settled.map(({ parcel }) => parcel),
          ...next.blamed.map(({ parcel }) => parcel),
          ...next.again.flatMap(({ parcels }) => parcels),
        ];
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.length).toBe(batch.parcels.length);
      },
    ),
  );
});

test('a batch is never sent for ever: each road leads to results, blame or an error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), fc.infiniteStream(fc.boolean()), (count, dice) => {
      const todo = [newBatch(parcels(count))];
      let sends = 0;
      for (let batch = todo.pop(); batch !== undefined; batch = todo.pop()) {
        sends += 1;
        const timedOut = dice.next().value === true;
        const outcome = timedOut
          ? { ...unknown, kind: 'unknown' as const, reason: 'late', askedMs: null, timedOut, ours: true }
          : unknown;
        todo.push(...ask(batch, outcome).again);
      }
      expect(sends).toBeLessThanOrEqual(6 * count + 2);
    }),
  );
});

describe('a batch that gets no answer', () => {
  test('is sent whole once more: the network fails more often than a post does', () => {
    const next = ask(newBatch(parcels(4)), unknown);
    expect(slugs(next.again)).toEqual([['p0', 'p1', 'p2', 'p3']]);
    expect(next.doubtful).toBe(true);
  });

  test('is halved the second time, and its halves at once', () => {
    const [whole] = ask(newBatch(parcels(5)), unknown).again;
    const halves = ask(whole ?? newBatch([]), unknown).again;
    expect(slugs(halves)).toEqual([
      ['p0', 'p1', 'p2'],
      ['p3', 'p4'],
    ]);
    expect(slugs(ask(halves[0] ?? newBatch([]), unknown).again)).toEqual([['p0', 'p1'], ['p2']]);
  });

  test('is halved at once after a time-out', () => {
    const late = {
      ...unknown,
      kind: 'unknown' as const,
      reason: 'late',
      askedMs: null,
      timedOut: true,
      ours: true,
    };
    expect(slugs(ask(newBatch(parcels(4)), late).again)).toEqual([
      ['p0', 'p1'],
      ['p2', 'p3'],
    ]);
  });

  test('blames a post that stands alone after its last try', () => {
    const alone = { ...newBatch(parcels(1)), sends: 2 };
    const { blamed, again } = ask(alone, unknown);
    expect(again).toEqual([]);
    expect(blamed.map(({ parcel, reason }) => [parcel.item.slug, reason])).toEqual([['p0', 'HTTP 502']]);
  });
});

describe('an answer', () => {
  test('that leaves posts unprocessed sends them again in smaller batches', () => {
    const all = parcels(6);
    const results = all.slice(0, 2).map(({ item }) => stored(item));
    const next = ask(newBatch(all), { kind: 'answered', value: { results, unprocessed: [] } });
    expect(next.settled).toHaveLength(2);
    expect(slugs(next.again)).toEqual([
      ['p2', 'p3'],
      ['p4', 'p5'],
    ]);
  });

  test('that never gets to a lonely post blames the deadline at last', () => {
    const alone = { ...newBatch(parcels(1)), sends: 2 };
    const next = ask(alone, { kind: 'answered', value: { results: [], unprocessed: ['p0'] } });
    expect(next.blamed[0]?.reason).toContain('deadline');
  });

  test('with a retryable failure sends the post again, and believes it the last time', () => {
    const all = parcels(1);
    const value = {
      results: all.map((parcel) => failed(parcel.item, { code: 'render_timeout', message: 'why' })),
      unprocessed: [],
    };
    expect(slugs(ask(newBatch(all), { kind: 'answered', value }).again)).toEqual([['p0']]);
    const last = ask({ ...newBatch(all), sends: 2 }, { kind: 'answered', value });
    expect(last.again).toEqual([]);
    expect(last.settled[0]?.result).toMatchObject({ status: 'failed', error: { code: 'render_timeout' } });
  });

  test('with a failure of the post itself is believed at once', () => {
    const all = parcels(1);
    const value = {
      results: all.map((parcel) => failed(parcel.item, { code: 'fingerprint_mismatch', message: 'why' })),
      unprocessed: [],
    };
    expect(ask(newBatch(all), { kind: 'answered', value })).toMatchObject({ again: [], error: null });
  });

  test('with a code that only a newer function has is believed at once', () => {
    const all = parcels(1);
    const value = {
      results: all.map((parcel) => failed(parcel.item, { code: 'out_of_ink', message: 'why' })),
      unprocessed: [],
    };
    expect(ask(newBatch(all), { kind: 'answered', value })).toMatchObject({ again: [], error: null });
  });
});

test('a function that lets nobody in is waited for, and no try is lost by it', () => {
  const busy = ask(newBatch(parcels(3)), { kind: 'busy', reason: '429', askedMs: 2000 });
  expect(busy.again).toMatchObject([{ sends: 0, waits: 1 }]);
  expect(busy).toMatchObject({ askedMs: 2000, doubtful: false });
});

test('a function that cannot be reached is given up after a few tries', () => {
  const unreached: SendOutcome<RenderResponse> = { kind: 'unreached', reason: 'no connection', cause: null };
  expect(ask({ ...newBatch(parcels(2)), waits: 9, connects: 2 }, unreached).error).toBeNull();
  expect(ask({ ...newBatch(parcels(2)), connects: 3 }, unreached).error).toMatchObject({
    code: 'function_unreachable',
  });
});

test('a body that is too large is halved, and a single post that is too large fails', () => {
  expect(slugs(ask(newBatch(parcels(2)), { kind: 'too_large', reason: '413' }).again)).toEqual([
    ['p0'],
    ['p1'],
  ]);
  const next = ask(newBatch(parcels(1)), { kind: 'too_large', reason: '413' });
  expect(next.settled[0]?.result).toMatchObject({ status: 'failed', error: { code: 'too_large' } });
});

test('a refusal ends the run with the error it came with', () => {
  const error = new CliError('function_refused', 'no', '');
  expect(ask(newBatch(parcels(2)), { kind: 'refused', error }).error).toBe(error);
});
