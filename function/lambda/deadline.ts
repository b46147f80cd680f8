/** A request's time: whether one more picture may be started, and an end to waiting when the answer must leave. */

/** What an answer needs to leave the function before its deadline, in ms. */
const RESERVE_MS = 300;
/** A first guess at how long a picture takes, in ms, until one was measured in this request. */
const FIRST_GUESS_MS = 400;

export interface DeadlineOptions {
  /** Milliseconds since the epoch. */
  deadline?: number | undefined;
  /** Once aborted, nothing more may be started. */
  signal?: AbortSignal | undefined;
}

export interface Deadline {
  /** Nobody said stop, and a picture as slow as the slowest so far would still fit. */
  mayStart(): boolean;
  /** Does one picture's work, remembers how long the slowest took; rejects when time is up. */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Does work that is no picture (a put); rejects when time is up. */
  finish<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Whether the answer must leave now. */
  passed(): boolean;
  clear(): void;
}

/** `clock` gives milliseconds since the epoch. Without a deadline nothing is ever cut short. */
export function createDeadline(
  { deadline = Infinity, signal: stop }: DeadlineOptions,
  clock: () => number,
): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const leftMs = () => deadline - RESERVE_MS - clock();
  const timer = Number.isFinite(deadline)
    ? setTimeout(() => controller.abort(), Math.max(0, leftMs()))
    : undefined;
  let slowestMs = 0;

  async function finish<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const { promise: timeIsUp, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([work(signal), timeIsUp]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  return {
    mayStart: () => stop?.aborted !== true && leftMs() > (slowestMs || FIRST_GUESS_MS),
    async run(work) {
      const startedAt = clock();
      try {
        return await finish(work);
      } finally {
        slowestMs = Math.max(slowestMs, clock() - startedAt);
      }
    },
    finish,
    passed: () => signal.aborted,
    clear: () => clearTimeout(timer),
  };
}
