import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MostChanged } from './most-changed.ts';

const offers = fc.array(
  fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.nat(100) }),
  {
    maxLength: 60,
  },
);

test('keeps no more bytes than it may, the most changed first, and counts the others', async () => {
  await fc.assert(
    fc.asyncProperty(offers, fc.integer({ min: 1, max: 1000 }), async (all, budget) => {
      const gallery = new MostChanged(budget);
      for (const offer of all) await gallery.offer(offer.share, async () => offer);
      const { kept, dropped } = gallery;
      expect(kept.length + dropped).toBe(all.length);
      expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(budget);
      expect(kept.map(({ share }) => share)).toEqual(
        kept.map(({ share }) => share).toSorted((a, b) => b - a),
      );
    }),
  );
});

test('one that changes more takes the place of one that changes less', async () => {
  const gallery = new MostChanged(20);
  for (const share of [0.1, 0.5, 0.3, 0.9, 0.2])
    await gallery.offer(share, async () => ({ share, bytes: 10 }));
  expect(gallery.kept.map(({ share }) => share)).toEqual([0.9, 0.5]);
  expect(gallery.dropped).toBe(3);
});

test('nothing is made that would be dropped at once', async () => {
  const gallery = new MostChanged(10);
  await gallery.offer(0.5, async () => ({ share: 0.5, bytes: 10 }));
  let made = 0;
  await gallery.offer(0.4, async () => ({ share: 0.4, bytes: (made += 1) }));
  expect(made).toBe(0);
});
