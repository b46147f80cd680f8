/**
 * The DevTools protocol over the browser's pipe: JSON messages, each ended by a zero byte. No library between: what it
 * would add is its own time-outs, its own idea of a page and a tenth of a second at start.
 */
import type { Readable, Writable } from 'node:stream';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

type Commands = ProtocolMapping.Commands;
type Parameters<Method extends keyof Commands> = Commands[Method]['paramsType'][0];
export type Result<Method extends keyof Commands> = Commands[Method]['returnType'];

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
}

interface Pending {
  method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The browser went away, or refused a command. */
export class ProtocolError extends Error {}

export interface ConnectionEvent {
  method: string;
  sessionId: string | undefined;
}

export class Connection {
  readonly #output: Writable;
  readonly #onEvent: (event: ConnectionEvent) => void;
  readonly #pending = new Map<number, Pending>();
  #parts: Buffer[] = [];
  #lastId = 0;
  #closed: ProtocolError | null = null;

  constructor(output: Writable, input: Readable, onEvent: (event: ConnectionEvent) => void) {
    this.#output = output;
    this.#onEvent = onEvent;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    for (const stream of [input, output]) {
      stream.on('error', () => this.close('its pipe broke'));
      stream.on('close', () => this.close('its pipe was closed'));
    }
  }

  /** Sends a command to the browser, or to one page of it. Has no time-out: who calls keeps the deadline. */
  async send<Method extends keyof Commands>(
    method: Method,
    params: Parameters<Method>,
    sessionId?: string,
  ): Promise<Result<Method>> {
    if (this.#closed !== null) throw this.#closed;
    const id = ++this.#lastId;
    return new Promise<Result<Method>>((resolve, reject) => {
      this.#pending.set(id, { method, resolve: (result) => resolve(result as Result<Method>), reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Fails every command under way and all later ones. */
  close(reason: string): void {
    if (this.#closed !== null) return;
    this.#closed = new ProtocolError(`The browser is gone: ${reason}.`);
    for (const pending of this.#pending.values()) pending.reject(this.#closed);
    this.#pending.clear();
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#parts.push(rest.subarray(0, end));
      const text = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
      this.#parts = [];
      rest = rest.subarray(end + 1);
      this.#dispatch(JSON.parse(String(text)) as Message);
    }
    if (rest.length > 0) this.#parts.push(rest);
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      if (message.method !== undefined)
        this.#onEvent({ method: message.method, sessionId: message.sessionId });
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error === undefined) pending?.resolve(message.result);
    else pending?.reject(new ProtocolError(`${pending.method}: ${message.error.message}`));
  }
}
