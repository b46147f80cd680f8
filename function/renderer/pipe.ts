/** How messages travel between node and the browser. */
import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer-core/internal/puppeteer-core-browser.js';

/** Bytes; a picture is a message of some 100 KB. */
const USUAL = 262_144;
const MOST_KEPT = 4_194_304;

/** JSON messages on a pipe, each ended by a zero byte. */
export class PipeTransport implements ConnectionTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  readonly #output: Writable;
  /** The beginning of a message. One buffer serves all: a fresh one for each picture is what makes V8 collect all memory. */
  #held = Buffer.allocUnsafeSlow(USUAL);
  #length = 0;

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
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const message = this.#ended(chunk, from, end);
      from = end + 1;
      this.onmessage?.(message);
    }
    if (from < chunk.length) this.#hold(chunk, from, chunk.length);
  }

  #ended(chunk: Buffer, from: number, end: number): string {
    if (this.#length === 0) return chunk.toString('utf8', from, end);
    this.#hold(chunk, from, end);
    const message = this.#held.toString('utf8', 0, this.#length);
    this.#length = 0;
    if (this.#held.length > MOST_KEPT) this.#held = Buffer.allocUnsafeSlow(USUAL);
    return message;
  }

  #hold(chunk: Buffer, from: number, end: number): void {
    const length = this.#length + end - from;
    if (length > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(2 * length);
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#length, from, end);
    this.#length = length;
  }
}
