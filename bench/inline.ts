/**
 * Inline text under a million strange titles: `node bench/inline.ts [--texts 1000000] [--seed 1]`. Half of them are made so
 * that their marks are known, half are signs in any order; then texts that double in length are timed. Ends with 1 and
 * the first text that is read wrongly.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { faultOfMeant, faultOfSoup, meant, soup } from '../cli/scan/markdown/testing/inline-model.ts';
import { readInline } from '../cli/scan/markdown/text.ts';

const { values } = parseArgs({
  options: { texts: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
const half = Math.ceil(Number(values.texts) / 2);
const seed = Number(values.seed);
const startedAt = performance.now();

fc.assert(
  fc.property(meant, (one) => {
    const fault = faultOfMeant(one);
    if (fault !== null) throw new Error(fault);
  }),
  { numRuns: half, seed },
);
fc.assert(
  fc.property(soup, (source) => {
    const fault = faultOfSoup(source);
    if (fault !== null) throw new Error(fault);
  }),
  { numRuns: half, seed },
);
console.log(
  `${half * 2} texts, none read wrongly, in ${Math.round((performance.now() - startedAt) / 1000)} s`,
);

const SIGNS = [
  '<a ',
  '*',
  '_',
  '`',
  '&',
  '[',
  '![',
  '<b>',
  '</b>',
  '<b></i>',
  '__a',
  '\\',
  '<!--',
  'a b ',
  '*a _b ',
];
for (const sign of SIGNS) {
  const times = [10_000, 20_000, 40_000, 80_000].map((length) => {
    const text = sign.repeat(length / sign.length);
    const from = performance.now();
    readInline(text, 'markdown');
    readInline(text, 'html');
    return performance.now() - from;
  });
  console.log(
    `${JSON.stringify(sign).padEnd(12)} ${times.map((ms) => `${ms.toFixed(1)} ms`.padStart(10)).join('')}`,
  );
}
