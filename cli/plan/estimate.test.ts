import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADVICE, estimateFunction, estimateLocal } from './estimate.ts';
import type { Estimate, FunctionRun } from './estimate.ts';

const run: fc.Arbitrary<FunctionRun> = fc.record({
  images: fc.integer({ min: 1, max: 1e7 }),
  concurrency: fc.integer({ min: 1, max: 3000 }),
  batch: fc.integer({ min: 1, max: 200 }),
  memoryMb: fc.integer({ min: 512, max: 10_240 }),
  cpuMs: fc.integer({ min: 5, max: 500 }),
  bytesPerPost: fc.integer({ min: 200, max: 2_000_000 }),
  accountConcurrency: fc.integer({ min: 1, max: 10_000 }),
  uploadRate: fc.integer({ min: 10_000, max: 1e9 }),
});

/** Floating point is not exact; a relative difference this small is none. */
const ALMOST = 1 + 1e-9;

describe('the estimate of a run on Lambda', () => {
  it('is finite and positive, and never quicker than any limit allows', () => {
    fc.assert(
      fc.property(run, (run) => {
        const { seconds, dollars, imagesPerSecond, limitedBy } = estimateFunction(run);
        expect(Number.isFinite(seconds) && Number.isFinite(dollars)).toBe(true);
        expect(seconds).toBeGreaterThan(0);
        expect(dollars).toBeGreaterThan(run.images * 0.000005);
        expect(imagesPerSecond).toBeLessThanOrEqual(3500);
        expect(seconds * imagesPerSecond * ALMOST).toBeGreaterThanOrEqual(run.images);
        expect(ADVICE[limitedBy]).not.toBe('');
      }),
    );
  });

  it('grows with images, and shrinks or stays with concurrency', () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 1, max: 1000 }), (run, more) => {
        const now = estimateFunction(run);
        const larger = estimateFunction({ ...run, images: run.images + more });
        const wider = estimateFunction({ ...run, concurrency: run.concurrency + more });
        expect(larger.seconds * ALMOST).toBeGreaterThanOrEqual(now.seconds);
        expect(larger.dollars).toBeGreaterThan(now.dollars);
        expect(wider.seconds).toBeLessThanOrEqual(now.seconds * ALMOST);
      }),
    );
  });

  it.each<[Estimate['limitedBy'], Partial<FunctionRun>]>([
    ['concurrency', {}],
    ['account', { concurrency: 500, accountConcurrency: 10 }],
    ['upload', { bytesPerPost: 200_000, concurrency: 200 }],
    ['s3', { concurrency: 900, batch: 100 }],
  ])('names %s where that is what limits', (limit, change) => {
    const run = { images: 100_000, concurrency: 10, batch: 16, ...change };
    expect(estimateFunction(run).limitedBy).toBe(limit);
  });

  it('of nothing is nothing', () => {
    expect(estimateFunction({ images: 0, concurrency: 10, batch: 16 })).toMatchObject({
      seconds: 0,
      dollars: 0,
    });
    expect(estimateLocal({ images: 0, cores: 2 })).toMatchObject({ seconds: 0, dollars: 0 });
  });

  it('keeps heavy posts below the size of a request', () => {
    const heavy = { images: 1000, concurrency: 1, bytesPerPost: 1_000_000, uploadRate: 1e9 };
    expect(estimateFunction({ ...heavy, batch: 100 })).toEqual(estimateFunction({ ...heavy, batch: 5 }));
  });
});

describe('the estimate of a run on this machine', () => {
  it('costs nothing and halves with twice the cores', () => {
    const [one, two] = [1, 2].map((cores) => estimateLocal({ images: 10_000, cores }));
    expect(one).toMatchObject({ dollars: 0, limitedBy: 'cpu' });
    expect((one?.imagesPerSecond ?? 0) * 2).toBe(two?.imagesPerSecond);
  });
});

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const SIZES = [1_000, 100_000, 10_000_000];

function row(name: string, estimate: (images: number) => Estimate): string[] {
  const all = SIZES.map(estimate);
  const last = all.at(-1);
  return [
    name,
    ...all.map(({ seconds, dollars }) => `${duration(seconds)}, $${dollars.toFixed(2)}`),
    String(Math.round(last?.imagesPerSecond ?? 0)),
    last?.limitedBy ?? '',
  ];
}

function sent(concurrency: number, batch: number): (images: number) => Estimate {
  return (images) => estimateFunction({ images, concurrency, batch });
}

describe('docs/scaling.md', () => {
  it('shows what the model says', async () => {
    const page = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
    const table = /<!-- first-runs -->([^]*)<!-- \/first-runs -->/.exec(page)?.[1] ?? '';
    const rows = table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual([
      row('on this machine, 2 cores', (images) => estimateLocal({ images, cores: 2 })),
      row('10 × 16 (the default)', sent(10, 16)),
      row('50 × 32', sent(50, 32)),
      row('100 × 50', sent(100, 50)),
      row('500 × 100', sent(500, 100)),
    ]);
  });
});
