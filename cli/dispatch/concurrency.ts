/** How many requests may be in flight: falls by half when the function says "too many", creeps back by one a round. */

/** What one request says about the load: `ok` it was answered, `throttled` it was turned away, `other` nothing. */
export type Load = 'ok' | 'throttled' | 'other';

export interface Gate {
  /** Waits for a free place. The returned function gives it back and must be called once. */
  enter(): Promise<(load: Load) => void>;
}

/** A gate of at most `max` places; it starts fully open. While `isNarrow` says so, it has one. */
export function createGate(max: number, isNarrow: () => boolean = () => false): Gate {
  let allowed = max;
  let inFlight = 0;
  let round = 0;
  const waiting: (() => void)[] = [];

  function admit(): void {
    while (waiting.length > 0 && inFlight < (isNarrow() ? 1 : Math.floor(allowed))) {
      inFlight += 1;
      waiting.shift()?.();
    }
  }

  function learn(load: Load, entered: number): void {
    if (load === 'ok') allowed = Math.min(max, allowed + 1 / allowed);
    // Requests that were under way before the last cut say nothing about the load after it.
    if (load === 'throttled' && entered === round) {
      allowed = Math.max(1, allowed / 2);
      round += 1;
    }
  }

  return {
    async enter() {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      waiting.push(() => resolve(undefined));
      admit();
      await promise;
      const entered = round;
      return (load) => {
        inFlight -= 1;
        learn(load, entered);
        admit();
      };
    },
  };
}
