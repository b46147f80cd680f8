/** Several workers on one queue. */

export interface QueueOptions {
  /** Workers at most. */
  count: number;
  /** Whether nothing more is to be taken from the queue. */
  stopped?: () => boolean;
  /** Called at once with each error, before the workers that are still busy have ended. */
  onError?: (error: unknown) => void;
}

/**
 * Does the work for everything that the queue gives, until it ends, one of the workers fails or `stopped` says so.
 * A promise for each of 100,000 posts would take more memory than the posts.
 * @throws the first error, after all that was under way has ended.
 */
export async function workOff<T>(
  queue: Iterator<T> | AsyncIterator<T>,
  { count, stopped = () => false, onError }: QueueOptions,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    try {
      while (errors.length === 0 && !stopped()) {
        const next = await queue.next();
        if (next.done === true || stopped()) return;
        await work(next.value);
      }
    } catch (error) {
      errors.push(error);
      onError?.(error);
    }
  };
  await Promise.all(Array.from({ length: count }, worker));
  if (errors.length > 0) throw errors[0];
}
