/** The queue before the browsers: who is drawn where, who gets a second try, who fails. */
import type { Output } from '../contract.ts';
import { FunctionError } from '../contract.ts';
import type { Encoded } from './encode.ts';
import { encode } from './encode.ts';
import type { Card, Picture } from './renderer.ts';
import type { Drawn, Worker } from './worker.ts';
import { LostError } from './worker.ts';

interface Job {
  card: Card;
  output: Output;
  /** Drawn once already, in vain: it is tried again alone in its browser, so that it can harm nobody else. */
  suspect: boolean;
  settled: boolean;
  resolve(drawn: Drawn): void;
  reject(error: unknown): void;
}

export class Pool {
  readonly #workers: readonly Worker[];
  readonly #pagesPerWorker: number;
  readonly #timeoutMs: number;
  readonly #memoryBytes: number;
  readonly #queue: Job[] = [];
  #closed = false;

  constructor(
    workers: readonly Worker[],
    options: { pagesPerWorker: number; timeoutMs: number; memoryBytes: number },
  ) {
    this.#workers = workers;
    this.#pagesPerWorker = options.pagesPerWorker;
    this.#timeoutMs = options.timeoutMs;
    this.#memoryBytes = options.memoryBytes;
  }

  /** Starts one browser if none runs. Throws `browser_unavailable`. */
  async warm(): Promise<void> {
    if (this.#closed) throw closedError();
    const [first] = this.#workers;
    if (first !== undefined && this.#workers.every(({ state }) => state === 'off')) await this.#start(first);
  }

  /** See `Renderer.render`. */
  async render(card: Card, output: Output, signal?: AbortSignal): Promise<Picture> {
    signal?.throwIfAborted();
    const { shot, inspection, startedAt } = await this.#draw(card, output, signal);
    const { bytes, quality, finding }: Encoded = await encode(shot, output);
    return {
      bytes,
      width: output.width,
      height: output.height,
      quality,
      renderMs: performance.now() - startedAt,
      findings: finding === null ? inspection.findings : [...inspection.findings, finding],
      text: inspection.text,
      found: inspection.found,
    };
  }

  /** Fails what waits, ends every browser. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(closedError());
    await Promise.all(this.#workers.map(async (worker) => worker.stop()));
  }

  async #draw(card: Card, output: Output, signal: AbortSignal | undefined): Promise<Drawn> {
    if (this.#closed) throw closedError();
    return new Promise<Drawn>((resolve, reject) => {
      const job: Job = {
        card,
        output,
        suspect: false,
        settled: false,
        resolve: (drawn) => settle(() => resolve(drawn)),
        reject: (error) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      };
      const onAbort = (): void => {
        const waiting = this.#queue.indexOf(job);
        if (waiting >= 0) this.#queue.splice(waiting, 1);
        job.reject(signal?.reason);
      };
      const settle = (finish: () => void): void => {
        job.settled = true;
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  /** Hands waiting jobs to free pages, in order, and starts browsers for those that find none. */
  #dispatch(): void {
    for (let job = this.#queue[0]; job !== undefined; job = this.#queue[0]) {
      const worker = this.#best(job);
      if (worker === undefined) break;
      this.#queue.shift();
      void this.#run(job, worker);
    }
    this.#startMore();
  }

  #best({ card, suspect }: Job): Worker | undefined {
    let best: Worker | undefined;
    for (const worker of this.#workers) {
      const welcome = worker.welcome(card, suspect);
      if (welcome === 2) return worker;
      if (welcome === 1) best ??= worker;
    }
    return best;
  }

  async #run(job: Job, worker: Worker): Promise<void> {
    try {
      job.resolve(await worker.draw(job.card, job.output, job.suspect));
    } catch (error) {
      if (this.#closed) job.reject(closedError());
      else if (job.suspect) job.reject(this.#failure(error));
      else if (!job.settled) {
        job.suspect = true;
        this.#queue.unshift(job);
      }
    }
    this.#dispatch();
  }

  #startMore(): void {
    const starting = this.#workers.filter(({ state }) => state === 'starting').length;
    let wanted = Math.ceil(this.#queue.length / this.#pagesPerWorker) - starting;
    const isOthersTurn = this.#workers.some(({ state }) => state !== 'off');
    for (const worker of this.#workers) {
      if (wanted <= 0) return;
      if (worker.state !== 'off' || (worker.failed && isOthersTurn)) continue;
      wanted -= 1;
      // A failed start rejects the pictures that waited for it.
      this.#start(worker).catch(() => undefined);
    }
  }

  async #start(worker: Worker): Promise<void> {
    try {
      await worker.start();
    } catch (error) {
      // While another browser runs or starts, the queue is its; else nobody is left to wait for.
      if (this.#workers.every(({ state }) => state === 'off'))
        for (const job of this.#queue.splice(0)) job.reject(error);
      throw error;
    }
    this.#dispatch();
  }

  #failure(error: unknown): FunctionError {
    if (error instanceof LostError && error.loss === 'timeout')
      return new FunctionError(
        'render_timeout',
        `The card was not drawn within ${this.#timeoutMs} ms, in two tries.`,
        'Look for heavy effects in its template (blur, filters, huge shadows) and for very large pictures.',
        { cause: error },
      );
    if (error instanceof LostError && error.loss === 'memory')
      return new FunctionError(
        'render_failed',
        `The card took more than ${Math.round(this.#memoryBytes / 2 ** 20)} MB of memory, in two tries.`,
        'Look for pictures that are small files and large drawings, and for filters over large areas.',
        { cause: error },
      );
    const what = error instanceof Error ? error.message : String(error);
    return new FunctionError(
      'render_failed',
      `The card could not be drawn, in two tries: ${what}`,
      'Try the template with other content; if every card fails, give the browser more memory.',
      { cause: error },
    );
  }
}

function closedError(): FunctionError {
  return new FunctionError('render_failed', 'The renderer was closed.', 'Nothing: the run was ended.');
}
