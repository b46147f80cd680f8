/** Many producers, one consumer: results of parallel workers as one async iterable. */

export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration after what was pushed; with an error, throws it there. */
  close(error?: unknown): void;
}

/** A channel without bound: what is pushed must be small. */
export function createChannel<T>(): Channel<T> {
  const values: T[] = [];
  let closed: { error?: unknown } | null = null;
  let wake = Promise.withResolvers<undefined>();

  return {
    push(value) {
      values.push(value);
      wake.resolve(undefined);
    },
    close(error) {
      closed ??= error === undefined ? {} : { error };
      wake.resolve(undefined);
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        yield* values.splice(0);
        if (values.length > 0) continue;
        if (closed !== null) break;
        await wake.promise;
        wake = Promise.withResolvers<undefined>();
      }
      if ('error' in closed) throw closed.error;
    },
  };
}
