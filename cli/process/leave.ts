/** The end of a process that was interrupted. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How long decoders may take to end by themselves, in ms. */
const PATIENCE_MS = 300;
const LOOK_MS = 20;

/**
 * Ends the process at once. A picture that is being decoded cannot be stopped, and `process.exit` would wait for it, up to
 * seconds: then the process ends by SIGINT, which a shell reports as 130 as well.
 */
export async function leave(exitCode: number): Promise<void> {
  const { default: sharp } = await import('sharp');
  const until = performance.now() + PATIENCE_MS;
  const isBusy = (): boolean => sharp.counters().process > 0;
  while (isBusy() && performance.now() < until) await sleep(LOOK_MS);
  if (!isBusy()) process.exit(exitCode);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
