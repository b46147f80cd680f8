/** How messages travel between node and the browser. */
import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer-core/internal/puppeteer-core-browser.js';

/** JSON messages on a pipe, each ended by a zero byte. */
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
    // The browser ended before anybody listened to its end.
    else setImmediate(() => this.close());
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
