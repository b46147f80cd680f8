/** The machine: system, memory, room for the browser's own files. */
import { arch, availableParallelism, platform as system, release, tmpdir, totalmem } from 'node:os';
import { folderError } from '../../../../function/store/folder-errors.ts';
import { count, formatBytes } from '../../../report/format.ts';
import { failure, ok, warning } from '../check.ts';
import type { Check, Fact } from '../check.ts';
import { freeBytes, tryWriting } from '../disk.ts';

/** A browser and the process beside it. */
const LEAST_MEMORY = 1e9;
/** The profile of a browser takes some MB; with less than this, Chromium does not start. */
const LEAST_ROOM = 50e6;

export const platform: Check = {
  name: 'platform',
  title: 'Platform',
  timeoutMs: 5_000,
  async look() {
    const memory = Math.min(process.constrainedMemory() || Infinity, totalmem());
    const machine = { name: `${system()} ${arch()} ${release()}`, cores: availableParallelism(), memory };
    return [machineFact(machine), await temporaryFact(tmpdir())];
  },
};

/** `memory` in bytes. Pure. */
export function machineFact({ name, cores, memory }: { name: string; cores: number; memory: number }): Fact {
  const fact = `${name}, ${count(cores, 'core')}, ${formatBytes(memory)} of memory`;
  if (memory >= LEAST_MEMORY) return ok(`${fact}.`);
  return warning(
    `${fact}: little for a browser.`,
    'Give the process 1 GB of memory or more, or let the function on AWS render (docs/deploy.md).',
  );
}

async function temporaryFact(folder: string): Promise<Fact> {
  try {
    await tryWriting(folder);
    const free = await freeBytes(folder);
    const fact = `The temporary folder ${folder} can be written; ${formatBytes(free)} are free`;
    if (free >= LEAST_ROOM) return ok(`${fact}.`);
    return failure(
      `${fact}, which is too little for a browser.`,
      'Make room there, or let TMPDIR name another folder.',
    );
  } catch (error) {
    return failure(
      folderError(error, 'write into the temporary folder', folder).message,
      'Make it writable, or let TMPDIR name another folder.',
    );
  }
}
