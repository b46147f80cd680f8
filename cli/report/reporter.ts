/** What subscribes to a run. */
import type { SyncEvent } from '../events.ts';
import { safe } from './format.ts';

export interface Reporter {
  on(event: SyncEvent): void;
  /** A line for the person, at any time: it does not disturb a spinner. */
  say(line: string): void;
  /** Ends whatever moves. Idempotent. */
  stop(): void;
}

/** Where text goes; `process.stderr` is one. */
export interface ReportOutput {
  write(text: string): unknown;
}

/** `--quiet`: no progress, and only what went wrong is printed. */
export function quietReporter(output: ReportOutput): Reporter {
  return {
    on(event) {
      if (event.type === 'notice' && event.failure === true) output.write(`${safe(event.message)}\n`);
    },
    say: (line) => void output.write(`${line}\n`),
    stop() {},
  };
}
