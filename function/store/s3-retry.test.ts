import { describe, expect, it } from 'vitest';
import { createRetryStrategy } from './s3-retry.ts';

type Kind = 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';

/** Fails again and again, on a clock that only the waits move; resolves to the waits in ms. */
async function waits(failure: { errorType: Kind; error?: unknown; retryAfterHint?: Date }, random = 0.5) {
  let now = 1_000_000;
  const told: string[] = [];
  const delays: number[] = [];
  const strategy = createRetryStrategy({
    maxAttempts: 5,
    busyMs: 60_000,
    clock: () => now,
    random: () => random,
    onWait: (reason) => told.push(reason),
    sleep: async (ms) => {
      delays.push(ms);
      now += ms;
    },
  });
  let token = await strategy.acquireInitialRetryToken('');
  for (;;)
    try {
      token = await strategy.refreshRetryTokenForRetry(token, failure);
    } catch {
      expect(told).toHaveLength(delays.length);
      return { delays, total: delays.reduce((sum, one) => sum + one, 0), told };
    }
}

it('a wait ends when the run is stopped, and no other begins', async () => {
  const stop = new AbortController();
  const strategy = createRetryStrategy({ maxAttempts: 9, busyMs: 60_000, noWaitAfter: stop.signal });
  const token = await strategy.acquireInitialRetryToken('');
  const waiting = strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
  stop.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await expect(strategy.refreshRetryTokenForRetry(token, { errorType: 'TRANSIENT' })).rejects.toThrow(
    'aborted',
  );
});

describe('a request to S3', () => {
  it.each([0, 0.5, 1])(
    'survives half a minute of SlowDown, and gives up within a minute (luck %d)',
    async (luck) => {
      const { total, delays, told } = await waits({ errorType: 'THROTTLING' }, luck);
      expect(total).toBeGreaterThan(45_000);
      expect(total).toBeLessThan(60_000);
      expect(delays.length).toBeLessThan(40);
      expect(told[0]).toBe('S3 asks to slow down');
    },
  );

  it('takes a bare 503 for the same: HEAD has no document', async () => {
    const error = Object.assign(new Error(), { $metadata: { httpStatusCode: 503 } });
    expect((await waits({ errorType: 'TRANSIENT', error })).total).toBeGreaterThan(45_000);
  });

  it('that fails is tried five times, with short waits', async () => {
    const { delays, total } = await waits({ errorType: 'TRANSIENT', error: new Error('x') });
    expect(delays).toHaveLength(4);
    expect(total).toBeLessThan(3000);
  });

  it.each(['CLIENT_ERROR', 'SERVER_ERROR'] as const)(
    'that was refused is not tried again (%s)',
    async (errorType) => {
      expect((await waits({ errorType })).delays).toEqual([]);
    },
  );

  it.each([10, 86_400_000])(
    'waits no longer than five seconds at once, whatever S3 asks for (%d s)',
    async (s) => {
      const retryAfterHint = new Date(1_000_000 + s * 1000);
      const { delays } = await waits({ errorType: 'TRANSIENT', retryAfterHint });
      expect(delays.every((delay) => delay <= 5000)).toBe(true);
      expect(delays[0]).toBe(5000);
    },
  );
});
