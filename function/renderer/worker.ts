/** One browser and its pages: runs cards under a deadline, is drained after so many, and can be started again. */
import type { Output } from '../contract.ts';
import { FunctionError } from '../contract.ts';
import type { Browser } from './browser.ts';
import type { Shot } from './encode.ts';
import { shoot } from './encode.ts';
import type { Inspection } from './in-page/inspect.ts';
import { watchMemory } from './memory.ts';
import { CardPage } from './page.ts';
import type { Card } from './renderer.ts';

export interface WorkerOptions {
  launch(): Promise<Browser>;
  pages: number;
  /** For one picture, and for opening the pages, in ms. */
  timeoutMs: number;
  /** Pictures until the browser is exchanged for a fresh one. */
  recycleAfter: number;
  /** What one browser may hold while it draws, in bytes. */
  memoryBytes: number;
}

/** A drawn card, its bytes not squeezed yet. */
export interface Drawn {
  shot: Shot;
  inspection: Inspection;
  startedAt: number;
}

/** Why a card was not drawn. `lost`: its browser died, and as far as is known not because of this card. */
export type Loss = 'timeout' | 'memory' | 'crash' | 'failed' | 'lost';

export class LostError extends Error {
  readonly loss: Loss;

  constructor(loss: Loss, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.loss = loss;
  }
}

interface Place {
  page: CardPage;
  busy: boolean;
  loss: Loss;
}

interface Running {
  browser: Browser;
  places: Place[];
  drawn: number;
  /** A suspect card is drawn: nobody may join it. */
  closed: boolean;
  dead: boolean;
}

export class Worker {
  readonly #options: WorkerOptions;
  #starting: Promise<void> | null = null;
  #running: Running | null = null;
  /** Killed, but not all of it gone yet. */
  readonly #ending = new Set<Promise<void>>();
  /** The last start failed: others are preferred until it is needed again. */
  failed = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  get state(): 'off' | 'starting' | 'on' {
    if (this.#starting !== null) return 'starting';
    return this.#running === null ? 'off' : 'on';
  }

  /** How well a card fits now: 2 its head is loaded on a free page, 1 a page is free, 0 it must wait. */
  welcome(card: Card, alone: boolean): 0 | 1 | 2 {
    const running = this.#running;
    if (running === null || running.closed || running.drawn >= this.#options.recycleAfter) return 0;
    const free = running.places.filter(({ busy }) => !busy);
    if (free.length === 0 || (alone && free.length < running.places.length)) return 0;
    return free.some(({ page }) => page.holds(card.head)) ? 2 : 1;
  }

  /** Starts the browser and its pages; one start for all who ask. Throws what `launch` throws. */
  async start(): Promise<void> {
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #start(): Promise<void> {
    this.failed = true;
    const browser = await this.#options.launch();
    const running: Running = { browser, places: [], drawn: 0, closed: false, dead: false };
    const timer = setTimeout(() => browser.kill(), this.#options.timeoutMs);
    try {
      const places = Array.from({ length: this.#options.pages }, async () => this.#place(running));
      running.places = await Promise.all(places);
    } catch (cause) {
      browser.kill();
      throw new FunctionError(
        'browser_unavailable',
        `The browser opened no page: ${cause instanceof Error ? cause.message : String(cause)}.`,
        'Give it more memory, or start fewer browsers.',
        { cause },
      );
    } finally {
      clearTimeout(timer);
    }
    this.#running = running;
    this.failed = false;
    void running.browser.gone.then(() => this.#forget(running));
  }

  async #place(running: Running): Promise<Place> {
    const { connection, byFrame } = running.browser;
    const page: CardPage = await CardPage.open(connection, byFrame, () => {
      for (const place of running.places) if (place.page === page) place.loss = 'crash';
      this.#end(running);
    });
    return { page, busy: false, loss: 'lost' };
  }

  /** Draws one card on a page that `welcome` promised. Throws `LostError`; the browser is dead then. */
  async draw(card: Card, output: Output, alone: boolean): Promise<Drawn> {
    const running = this.#running;
    const free = running?.places.filter(({ busy }) => !busy) ?? [];
    const place = free.find(({ page }) => page.holds(card.head)) ?? free[0];
    if (running === null || place === undefined) throw new LostError('lost', 'No page was free.');
    place.busy = true;
    running.closed = alone;
    running.drawn += 1;
    const startedAt = performance.now();
    const timer = setTimeout(() => {
      place.loss = 'timeout';
      this.#end(running);
    }, this.#options.timeoutMs);
    // All cards in flight are drawn again, each alone: then it is known which of them it was.
    const unwatch = watchMemory(running.browser.pid, this.#options.memoryBytes, () => {
      place.loss = 'memory';
      this.#end(running);
    });
    try {
      const inspection = await place.page.show(card, output);
      const shot = await shoot(async (how) => place.page.capture(how), output);
      if (inspection.isUndecided) inspection.findings.push(...(await place.page.decide()));
      return { shot, inspection, startedAt };
    } catch (cause) {
      // A page that failed is not trusted again, and a browser is quickly started.
      if (!running.dead) place.loss = 'failed';
      this.#end(running);
      throw new LostError(place.loss, cause);
    } finally {
      clearTimeout(timer);
      unwatch();
      place.busy = false;
      if (alone) running.closed = false;
      this.#recycle(running);
    }
  }

  /** Ends the browser at once, also one that is still starting; settles when nothing of it is left. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    if (this.#running !== null) this.#end(this.#running);
    await Promise.all(this.#ending);
  }

  #recycle(running: Running): void {
    if (running.drawn >= this.#options.recycleAfter && running.places.every(({ busy }) => !busy))
      this.#end(running);
  }

  #end(running: Running): void {
    if (running.dead) return;
    running.browser.kill();
    this.#forget(running);
    const { gone } = running.browser;
    this.#ending.add(gone);
    void gone.then(() => this.#ending.delete(gone));
  }

  #forget(running: Running): void {
    running.dead = true;
    if (this.#running === running) this.#running = null;
  }
}
