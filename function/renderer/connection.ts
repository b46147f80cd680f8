/** The DevTools protocol over the browser's pipe, spoken by puppeteer. */
import type { Readable, Writable } from 'node:stream';
import type { Browser, CDPSession, ConnectionTransport } from 'puppeteer-core';

/** Messages on a pipe, each ended by a zero byte, as Chromium's `--remote-debugging-pipe` wants them. */
export class PipeTransport implements ConnectionTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  readonly #output: Writable;
  #parts: Buffer[] = [];

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    for (const stream of [input, output])
      for (const event of ['error', 'close']) stream.on(event, () => this.close());
  }

  send(message: string): void {
    if (this.#output.writable) this.#output.write(`${message}\0`);
  }

  close(): void {
    const { onclose } = this;
    delete this.onclose;
    onclose?.();
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#parts.push(rest.subarray(0, end));
      const message =
        this.#parts.length === 1 ? rest.toString('utf8', 0, end) : String(Buffer.concat(this.#parts));
      this.#parts = [];
      rest = rest.subarray(end + 1);
      this.onmessage?.(message);
    }
    if (rest.length > 0) this.#parts.push(rest);
  }
}

/** One browser, spoken to. Commands have no time-out: who sends them keeps the deadline and kills the browser. */
export class Connection {
  readonly #root: CDPSession;
  readonly #transport: PipeTransport;

  private constructor(root: CDPSession, transport: PipeTransport) {
    this.#root = root;
    this.#transport = transport;
  }

  /** Resolves once the browser answers. `onCrash` gets the session of a page whose process crashed. */
  static async open(output: Writable, input: Readable): Promise<Connection> {
    const transport = new PipeTransport(output, input);
    // Loaded while the browser starts: together they take no longer than the slower of the two.
    const { connect, TargetType } = await import('puppeteer-core');
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
      width: 1200,
      height: 630,
      ...(byFrame ? { enableBeginFrameControl: true } : {}),
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
