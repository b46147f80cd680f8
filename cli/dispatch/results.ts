/** Results on their way out of a dispatch: what is a post's own is yielded, what is the run's ends it. */
import type { Result } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { createChannel } from './channel.ts';
import { createRunFailures } from './run-failures.ts';
import type { Settled } from './run-failures.ts';

/** Iterating throws what ended the run, after all that was settled. */
export interface Results extends AsyncIterable<Settled> {
  settle: (item: Item, result: Result) => void;
  /** Ends the run; only the first error counts. */
  end: (error: unknown) => void;
  /** Ends the iteration when the work has ended; an error of the work ends the run. Never rejects. */
  closeAfter(work: Promise<unknown>): Promise<void>;
}

/** `onEnd`: called when the run must end, so that nothing more is begun. */
export function createResults(where: string, onEnd: () => void): Results {
  const channel = createChannel<Settled>();
  const failures = createRunFailures(where);
  let ended: unknown = null;

  function end(error: unknown): void {
    ended ??= error;
    onEnd();
  }

  function pass({ settled, error }: ReturnType<typeof failures.end>): void {
    for (const one of settled) channel.push(one);
    if (error !== null) end(error);
  }

  return {
    settle: (item, result) => pass(failures.take({ item, result })),
    end,
    async closeAfter(work) {
      await work.catch(end);
      pass(failures.end());
      channel.close(ended ?? undefined);
    },
    [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
  };
}
