/**
 * The same card, drawn by og-sync and its peers in one run: rounds are interleaved, so that a busy machine slows
 * everybody alike. Usage: node peers.ts [--images 60] [--rounds 5] [--cores 1,2] [--only og-sync,takumi]
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { usage } from './proc.ts';
import type { Round, RoundResult } from './worker.ts';

const CONTENDERS = ['og-sync', 'takumi', 'satori-resvg', 'vercel-og', 'astro-og-canvas'];
const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '5' },
    cores: { type: 'string', default: '2,1' },
    only: { type: 'string', default: CONTENDERS.join(',') },
  },
});
const images = Number(values.images);
const rounds = Number(values.rounds);
const samples = join(import.meta.dirname, 'out');
mkdirSync(samples, { recursive: true });

interface Entry {
  name: string;
  worker: ChildProcess;
  wallMs: number[];
  cpuMs: number[];
  medianMs: number[];
  peakMb: number;
}

/** The worker's next word; a worker that ends instead has written why. */
async function message(worker: ChildProcess, name: string): Promise<unknown> {
  const ended = once(worker, 'exit').then(() => {
    throw new Error(`${name} could not draw the card`);
  });
  const [word] = (await Promise.race([once(worker, 'message'), ended])) as [unknown];
  return word;
}

/** A worker bound to the first cores of the machine, its browser's processes with it. */
async function start(name: string, cores: number): Promise<Entry> {
  const worker = fork(join(import.meta.dirname, 'worker.ts'), [name, String(cores), join(samples, name)], {
    execPath: 'taskset',
    execArgv: ['-c', cores === 1 ? '0' : `0-${cores - 1}`, process.execPath],
  });
  await message(worker, name);
  return { name, worker, wallMs: [], cpuMs: [], medianMs: [], peakMb: 0 };
}

async function run({ worker, ...entry }: Entry, round: Round): Promise<Omit<Entry, 'worker'>> {
  const pid = worker.pid ?? 0;
  const before = usage(pid);
  worker.send(round);
  const result = (await message(worker, entry.name)) as RoundResult;
  const after = usage(pid);
  entry.wallMs.push(result.wallMs / round.images);
  entry.medianMs.push(result.medianMs);
  entry.cpuMs.push((after.cpuMs - before.cpuMs) / round.images);
  return { ...entry, peakMb: Math.max(entry.peakMb, Math.round(after.pssBytes / 1e6)) };
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function table(entries: Entry[], cores: number): void {
  const ours = entries.find(({ name }) => name === 'og-sync');
  console.log(`\n${images} cards × ${rounds} rounds on ${cores} core${cores === 1 ? '' : 's'}, medians:\n`);
  console.table(
    Object.fromEntries(
      entries.map(({ name, wallMs, cpuMs, medianMs, peakMb }) => [
        name,
        {
          'ms/image': median(wallMs).toFixed(1),
          'images/s': (1000 / median(wallMs)).toFixed(1),
          'CPU-ms/image': median(cpuMs).toFixed(1),
          'latency ms': median(medianMs).toFixed(1),
          'memory MB': peakMb,
          'our CPU ÷ theirs': ours && (median(ours.cpuMs) / median(cpuMs)).toFixed(2),
          'our images/s ÷ theirs': ours && (median(wallMs) / median(ours.wallMs)).toFixed(2),
        },
      ]),
    ),
  );
}

for (const cores of values.cores.split(',').map(Number)) {
  let entries = await Promise.all(values.only.split(',').map((name) => start(name, cores)));
  for (let round = -1; round < rounds; round += 1)
    for (const [i, entry] of entries.entries()) {
      const result = await run(entry, { images: round < 0 ? 10 : images, from: (round + 1) * images });
      // The round before the first one warms everybody up and is not counted.
      if (round < 0) for (const list of [result.wallMs, result.cpuMs, result.medianMs]) list.pop();
      entries = entries.with(i, { ...result, worker: entry.worker });
    }
  table(entries, cores);
  for (const { worker } of entries) {
    worker.disconnect();
    await once(worker, 'exit');
  }
}
