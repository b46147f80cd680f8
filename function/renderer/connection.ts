/** The DevTools protocol over the browser's pipe, spoken by puppeteer. */
import type { Readable, Writable } from 'node:stream';
import type { Browser, CDPSession } from 'puppeteer-core/internal/puppeteer-core-browser.js';
import { PipeTransport } from './pipe.ts';

/**
 * A picture is copied from the page, whose size is emulated. What the browser then puts together for the window nobody
 * sees, so it has one pixel: 0.5 ms of CPU less for each picture.
 */
const NO_WINDOW = { width: 1, height: 1 };

/** One browser, spoken to. Commands have no time-out: who sends them keeps the deadline and kills the browser. */
export class Connection {
  readonly #root: CDPSession;
  readonly #transport: PipeTransport;

  private constructor(root: CDPSession, transport: PipeTransport) {
    this.#root = root;
    this.#transport = transport;
  }

  /** Resolves once the browser answers. */
  static async open(output: Writable, input: Readable): Promise<Connection> {
    const transport = new PipeTransport(output, input);
    // Loaded while the browser starts: together they take no longer than the slower of the two.
    // Without what starts browsers and downloads them: half the code, and half the time to load it.
    const { connect, TargetType } = await import('puppeteer-core/internal/puppeteer-core-browser.js');
    const browser: Browser = await connect({
      transport,
      protocolTimeout: 0,
      defaultViewport: null,
      // Puppeteer's own pages are not wanted: a page here is driven frame by frame.
      targetFilter: (target) => target.type() === TargetType.BROWSER,
    });
    return new Connection(await browser.target().createCDPSession(), transport);
  }

  /** Opens an empty page; `byFrame`: it draws only when asked (headless shell). */
  async openTarget(byFrame: boolean): Promise<CDPSession> {
    const { targetId } = await this.#root.send('Target.createTarget', {
      url: 'about:blank',
      ...(byFrame ? { ...NO_WINDOW, enableBeginFrameControl: true } : {}),
    });
    const { sessionId } = await this.#root.send('Target.attachToTarget', { targetId, flatten: true });
    const session = this.#root.connection()?.session(sessionId) ?? null;
    if (session === null) throw new Error('The browser opened no page.');
    return session;
  }

  /** Fails every command under way and all later ones. Idempotent. */
  close(): void {
    this.#transport.close();
  }
}
