/** What subscribes to a run. */
import type { SyncEvent } from '../events.ts';

export interface Reporter {
  on(event: SyncEvent): void;
  /** A line for the person, at any time: it does not disturb a spinner. */
  say(line: string): void;
  /** Ends whatever moves. Idempotent. */
  stop(): void;
}

/** Where text goes; `process.stderr` is one. */
export interface Output {
  write(text: string): unknown;
}

/** `--quiet` and `--json`: nothing moves; what is said is said. */
export function quietReporter(output: Output): Reporter {
  return {
    on() {},
    say: (line) => void output.write(`${line}\n`),
    stop() {},
  };
}
