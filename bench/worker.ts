/** One contender in a process of its own: told how many cards to draw, it draws them and answers how long each took. */
import { writeFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { content } from './design.ts';
import type { Create } from './contenders/contender.ts';

export interface Round {
  images: number;
  /** Offset of the first card's number: no card is drawn twice. */
  from: number;
}

export interface RoundResult {
  /** From the first card's start to the last one's end, in ms. */
  wallMs: number;
  /** Median of one card from start to end, in ms; more are in flight at once. */
  medianMs: number;
}

const [name = '', cores = '1', sample] = process.argv.slice(2);
const { create } = (await import(`./contenders/${name}.ts`)) as { create: Create };
const contender = await create(Number(cores));
if (sample !== undefined) writeFileSync(sample, await contender.render(content(0)));

async function draw({ images, from }: Round): Promise<RoundResult> {
  let next = from;
  const bench = new Bench({
    time: 0,
    iterations: images,
    warmup: false,
    concurrency: contender.concurrency > 1 ? 'task' : null,
    threshold: contender.concurrency,
    throws: true,
  });
  bench.add(name, async () => {
    next += 1;
    await contender.render(content(next));
  });
  const startedAt = performance.now();
  const [task] = await bench.run();
  const wallMs = performance.now() - startedAt;
  const result = task?.result;
  if (result === undefined || !('latency' in result)) throw new Error(`${name} measured nothing`);
  return { wallMs, medianMs: result.latency.p50 };
}

process.on('message', (round: Round) => {
  draw(round).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${name}: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => void contender.close?.().then(() => process.exit(0)));
process.send?.('ready');
