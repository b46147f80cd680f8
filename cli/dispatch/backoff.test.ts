import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, retryAfterMs, waitMs } from './backoff.ts';

const options = fc.record({
  baseMs: fc.integer({ min: 1, max: 5000 }),
  capMs: fc.integer({ min: 1, max: 60_000 }),
});
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a wait is never negative and never longer than the cap or the doubled base', () => {
  fc.assert(
    fc.property(fc.nat(2000), options, chance, (attempt, options, value) => {
      const wait = backoffMs(attempt, options, () => value);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(options.capMs);
      expect(wait).toBeLessThanOrEqual(options.baseMs * 2 ** attempt);
      expect(Number.isSafeInteger(wait)).toBe(true);
    }),
  );
});

test('jitter is full: the chance decides between nothing and the bound, in proportion', () => {
  const options = { baseMs: 100, capMs: 10_000 };
  expect(backoffMs(3, options, () => 0)).toBe(0);
  expect(backoffMs(3, options, () => 0.5)).toBe(400);
  expect(backoffMs(3, options, () => 0.9999)).toBe(799);
});

test('what the server asks for is never cut short', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(100_000), options, chance, (attempt, asked, options, value) => {
      const wait = waitMs(attempt, asked, options, () => value);
      expect(wait).toBeGreaterThanOrEqual(asked);
      expect(wait).toBeLessThanOrEqual(asked + options.capMs);
    }),
  );
});

test('Retry-After is read as seconds or as a date', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  expect(retryAfterMs('7', now)).toBe(7000);
  expect(retryAfterMs(' 0 ', now)).toBe(0);
  expect(retryAfterMs('Mon, 23 Nov 2026 10:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Mon, 23 Nov 2026 09:00:00 GMT', now)).toBe(0);
});

test('a Retry-After that makes no sense counts as none', () => {
  for (const header of [null, '', '-5', '1.5', 'soon', '1e9', '99999999999'])
    expect(retryAfterMs(header, 0)).toBeNull();
  fc.assert(
    fc.property(fc.string(), fc.nat(), (header, now) => {
      const wait = retryAfterMs(header, now);
      expect(wait === null || wait >= 0).toBe(true);
    }),
  );
});
