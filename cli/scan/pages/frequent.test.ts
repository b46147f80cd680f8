import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Frequent } from './frequent.ts';

it('counts exactly what is one of few, and a frequent one among many nearly', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 200 }), { maxLength: 2000 }), (numbers) => {
      const frequent = new Frequent();
      const exact = new Map<string, number>();
      for (const value of numbers.map(String)) {
        frequent.add(value);
        exact.set(value, (exact.get(value) ?? 0) + 1);
      }
      expect(frequent.total).toBe(numbers.length);
      const slack = exact.size <= 64 ? 0 : numbers.length / 65;
      for (const [value, count] of exact) {
        expect(frequent.count(value)).toBeLessThanOrEqual(count);
        expect(frequent.count(value)).toBeGreaterThanOrEqual(count - slack);
      }
    }),
  );
});
