/** One page of a browser: loads a head once, shows card after card in it, takes the picture. */
import type { CDPSession, Protocol } from 'puppeteer-core';
import type { Connection } from './connection.ts';
import type { Card } from './renderer.ts';
import type { Inspection } from './in-page/inspect.ts';
import { SCRIPT, SHOW } from './in-page/script.ts';
import { documentOf } from './document.ts';

/** px */
export interface Size {
  width: number;
  height: number;
}

export interface Capture {
  format: 'jpeg' | 'png';
  /** JPEG only, 1–100. */
  quality: number;
}

/** A frame without damage comes back without a picture; the next one has it. More than a few means a broken page. */
const FRAMES = 20;

/** One page. Calls have no time-out: whoever uses it keeps the deadline and kills the browser. */
export class Page {
  readonly sessionId: string;
  readonly #session: CDPSession;
  readonly #frameId: string;
  readonly #byFrame: boolean;
  #head: string | null = null;
  readonly #fonts = new Set<string>();
  #size: Size = { width: 0, height: 0 };
  #stage = '';

  private constructor(session: CDPSession, frameId: string, byFrame: boolean) {
    this.#session = session;
    this.sessionId = session.id();
    this.#frameId = frameId;
    this.#byFrame = byFrame;
  }

  /** Opens a page of its own; `byFrame`: the browser draws only when asked (headless shell). */
  static async open(connection: Connection, byFrame: boolean): Promise<Page> {
    const session = await connection.openTarget(byFrame);
    const [{ frameTree }] = await Promise.all([
      session.send('Page.getFrameTree'),
      session.send('Emulation.setScriptExecutionDisabled', { value: true }),
      session.send('Inspector.enable'),
    ]);
    return new Page(session, frameTree.frame.id, byFrame);
  }

  /** Whether the head is loaded already, so that a card of its template costs least here. */
  holds(head: string): boolean {
    return this.#head === head;
  }

  /** Shows a card and tells what is wrong with it. */
  async show(card: Card, size: Size): Promise<Inspection> {
    if (size.width !== this.#size.width || size.height !== this.#size.height) await this.#resize(size);
    if (card.head !== this.#head) await this.#load(card.head);
    const fonts = (card.fonts ?? []).filter((rule) => !this.#fonts.has(rule));
    const { result, exceptionDetails } = await this.#session.send('Runtime.callFunctionOn', {
      objectId: this.#stage,
      functionDeclaration: SHOW,
      arguments: [{ value: card.body }, { value: fonts.join('\n') }],
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(describe(exceptionDetails));
    for (const rule of fonts) this.#fonts.add(rule);
    return result.value as Inspection;
  }

  /** The picture of what is shown now. */
  async capture({ format, quality }: Capture): Promise<Buffer> {
    const screenshot = { format, ...(format === 'jpeg' ? { quality } : {}), optimizeForSpeed: true };
    if (!this.#byFrame) {
      const { data } = await this.#session.send('Page.captureScreenshot', screenshot);
      return Buffer.from(data, 'base64');
    }
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const { screenshotData } = await this.#session.send('HeadlessExperimental.beginFrame', { screenshot });
      if (screenshotData !== undefined && screenshotData !== '') return Buffer.from(screenshotData, 'base64');
    }
    throw new Error(`The browser drew no picture in ${FRAMES} frames.`);
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
