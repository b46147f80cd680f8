/** A recorded run of four posts, for the tests of what is printed of it. */
import type { Held, Item, Plan } from '../plan/plan.ts';
import { createRecorder } from '../report/document.ts';
import type { Recorder } from '../report/document.ts';
import { item } from './items.ts';

const held = (fingerprint: string): Held => ({ fingerprint, etag: 'e', bytes: 70, modified: new Date(0) });
export const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => item(`${name}.jpg`, name.repeat(64))) as [
  Item,
  Item,
  Item,
  Item,
];
const plan: Plan = { create: [a, d], update: [b], keep: [c], orphan: ['old é.jpg'] };
export const inventory = new Map([
  ['b.jpg', held('0')],
  ['c.jpg', held(c.fingerprint)],
  ['old é.jpg', held('9')],
]);

/** The run as far as its plan. */
export function record(dryRun = false, publicUrl: string | null = 'https://img.example/og/'): Recorder {
  const recorder = createRecorder({ version: '1.2.3', startedAt: 100, publicUrl, dryRun });
  recorder.on({ type: 'scanned', posts: 4, problems: [] });
  recorder.on({ type: 'planned', plan, store: '/s', inventory });
  return recorder;
}

export const problem = (code: string, at: number) => ({
  file: `${code}-${at}.md`,
  code,
  message: `${code}-${at}.md: it is wrong`,
});

/** A run of which nothing is known but its problems: so many of each code. */
export function withProblems(counts: Record<string, number>): Recorder {
  const recorder = createRecorder({ version: '1', startedAt: 0, publicUrl: null, dryRun: true });
  const problems = Object.entries(counts).flatMap(([code, many]) =>
    Array.from({ length: many }, (_, at) => problem(code, at)),
  );
  recorder.on({ type: 'scanned', posts: 0, problems });
  return recorder;
}
