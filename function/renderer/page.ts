/** One page of a browser: loads a head once, shows card after card in it, takes the picture. */
import type { CDPSession, Protocol } from 'puppeteer-core/internal/puppeteer-core-browser.js';
import type { Output } from '../contract.ts';
import type { Connection } from './connection.ts';
import type { Card } from './renderer.ts';
import type { Finding, Inspection } from './in-page/inspect.ts';
import type { Decision } from './in-page/script.ts';
import { DECIDE, HYPHENATED, SCRIPT, SHOW } from './in-page/script.ts';
import { documentOf } from './document.ts';

/** px */
export interface Size {
  width: number;
  height: number;
}

export interface Capture {
  format: Output['format'];
  /** JPEG and WebP only, 1–100. */
  quality: number;
}

/** A frame without damage comes back without a picture; the next one has it. More than a few means a broken page. */
const FRAMES = 20;

/** One page. Calls have no time-out: whoever uses it keeps the deadline and kills the browser. */
export class CardPage {
  readonly #session: CDPSession;
  readonly #frameId: string;
  readonly #byFrame: boolean;
  #head: string | null = null;
  readonly #fonts = new Set<string>();
  #size: Size = { width: 0, height: 0 };
  #stage = '';
  #strayed = false;

  private constructor(session: CDPSession, frameId: string, byFrame: boolean) {
    this.#session = session;
    this.#frameId = frameId;
    this.#byFrame = byFrame;
    const stray = (id: string): void => {
      if (id === frameId) this.#strayed = true;
    };
    // What a page reports when it is about to leave its document, or has left it. Loading a head is none of these.
    session.on('Page.frameScheduledNavigation', ({ frameId: id }) => stray(id));
    session.on('Page.frameRequestedNavigation', ({ frameId: id }) => stray(id));
    session.on('Page.frameNavigated', ({ frame }) => stray(frame.id));
  }

  /** Opens a page of its own; `byFrame`: the browser draws only when asked (headless shell). */
  static async open(connection: Connection, byFrame: boolean, onCrash: () => void): Promise<CardPage> {
    const session = await connection.openTarget(byFrame);
    session.on('Inspector.targetCrashed', onCrash);
    const [{ frameTree }] = await Promise.all([
      session.send('Page.getFrameTree'),
      session.send('Emulation.setScriptExecutionDisabled', { value: true }),
      session.send('Inspector.enable'),
      session.send('Page.enable'),
    ]);
    return new CardPage(session, frameTree.frame.id, byFrame);
  }

  /** Whether the head is loaded already, so that a card of its template costs least here. */
  holds(head: string): boolean {
    return this.#head === head;
  }

  /** Shows a card and reports what is wrong with it. */
  async show(card: Card, size: Size): Promise<Inspection> {
    return this.#staying(async () => {
      if (size.width !== this.#size.width || size.height !== this.#size.height) await this.#resize(size);
      if (card.head !== this.#head) await this.#load(card.head);
      const fonts = (card.fonts ?? []).filter((rule) => !this.#fonts.has(rule));
      const wanted = card.find ?? [];
      const shown = await this.#call<Inspection>(SHOW, [card.body, fonts.join('\n'), wanted]);
      for (const rule of fonts) this.#fonts.add(rule);
      const words = shown.long.length === 0 ? {} : ((await card.soften?.(shown.long)) ?? {});
      return Object.keys(words).length === 0 ? shown : this.#call(HYPHENATED, [words, wanted]);
    });
  }

  /** Calls a function on the page's stage. */
  async #call<Value>(declaration: string, values: unknown[]): Promise<Value> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.callFunctionOn', {
      objectId: this.#stage,
      functionDeclaration: declaration,
      arguments: values.map((value) => ({ value })),
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(describe(exceptionDetails));
    return result.value as Value;
  }

  /** What only pictures of parts of the shown card tell about it. Afterwards the card is as it was. */
  async decide(): Promise<Finding[]> {
    return this.#staying(async () => {
      let decision = await this.#call<Decision>(DECIDE, ['']);
      while (decision === null)
        decision = await this.#call<Decision>(DECIDE, [await this.#draw({ format: 'jpeg', quality: 90 })]);
      return decision;
    });
  }

  /** The picture of what is shown now. */
  async capture(how: Capture): Promise<Buffer> {
    return this.#staying(async () => Buffer.from(await this.#draw(how), 'base64'));
  }

  async #draw({ format, quality }: Capture): Promise<string> {
    const screenshot = { format, ...(format === 'png' ? {} : { quality }), optimizeForSpeed: true };
    if (!this.#byFrame) {
      const { data } = await this.#session.send('Page.captureScreenshot', screenshot);
      return data;
    }
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const { screenshotData } = await this.#session.send('HeadlessExperimental.beginFrame', { screenshot });
      if (screenshotData !== undefined && screenshotData !== '') return screenshotData;
    }
    throw new Error(`The browser drew no picture in ${FRAMES} frames.`);
  }

  /** No card may leave its document: what came after it would be drawn on a page that is not ours. */
  async #staying<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      const value = await work();
      if (!this.#strayed) return value;
    } catch (error) {
      if (!this.#strayed) throw error;
    }
    throw new Error('The card tries to leave its page (a refresh or a redirect).');
  }

  async #resize(size: Size): Promise<void> {
    await this.#session.send('Emulation.setDeviceMetricsOverride', {
      ...size,
      deviceScaleFactor: 1,
      mobile: false,
    });
    this.#size = size;
  }

  async #load(head: string): Promise<void> {
    this.#head = null;
    this.#fonts.clear();
    await this.#session.send('Page.setDocumentContent', { frameId: this.#frameId, html: documentOf(head) });
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', { expression: SCRIPT });
    if (result.objectId === undefined)
      throw new Error(exceptionDetails === undefined ? 'The page has no stage.' : describe(exceptionDetails));
    this.#stage = result.objectId;
    this.#head = head;
  }
}

function describe({ text, exception }: Protocol.Runtime.ExceptionDetails): string {
  return exception?.description ?? text;
}
