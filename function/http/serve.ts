/** The app on a port of this machine, speaking what a Function URL speaks: for development and for tests. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Access } from './auth.ts';
import { FunctionError, LIMITS } from '../contract.ts';
import { wireError } from '../failure.ts';
import { isLoopback, refuseForeignPages } from './guard.ts';
import { answer, tooLarge } from './http.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { describeError, quietly } from '../log.ts';
import type { Log } from '../log.ts';

export interface ServeOptions {
  /** 0: any free port. */
  port: number;
  host: string;
  access: Access;
  log: Log;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Stops taking requests, lets those in flight end for some seconds, then ends their connections. Idempotent. */
  close(): Promise<void>;
}

/** How long requests in flight may take once the server is to end, in ms. */
const CLOSE_MS = 2500;

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > LIMITS.bodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function toRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[0] : value,
      ]),
    ),
    body: await readBody(incoming),
    signed: false,
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: HttpAnswer): void {
  if (outgoing.destroyed) return;
  // What is left of a refused body would be taken for the next request.
  if (status === 413) outgoing.setHeader('connection', 'close');
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

function refusal(thrown: unknown): HttpAnswer {
  const error =
    thrown instanceof FunctionError
      ? thrown
      : new FunctionError('bad_request', 'The request could not be read.', 'Send it again.', {
          cause: thrown,
        });
  return {
    status: error.status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error: wireError(error) }),
    error,
  };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/**
 * Serves the app. Rejects with Node's own error (`EADDRINUSE`, `EACCES`, …) when the port cannot be had, and with
 * `FunctionError` `forbidden` when others could reach it without a token. The caller closes the app's renderer after the
 * server.
 */
export async function startServer(app: App, options: ServeOptions): Promise<RunningServer> {
  const { host, access } = options;
  const log = quietly(options.log);

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const left = new AbortController();
    outgoing.once('close', () => left.abort());
    let answered: HttpAnswer;
    try {
      refuseForeignPages(incoming.headers, isLocal);
      const request = await toRequest(incoming);
      answered = await answer(app, access, request, { requestId, signal: left.signal });
    } catch (thrown) {
      answered = refusal(thrown);
    }
    log(answered.status >= 500 && !left.signal.aborted ? 'error' : 'info', {
      event: 'request',
      requestId,
      route: `${incoming.method} ${incoming.url}`,
      status: answered.status,
      durationMs: Math.round(performance.now() - startedAt),
      ...(left.signal.aborted && { left: true }),
      ...(answered.error !== undefined && { error: describeError(answered.error) }),
    });
    send(outgoing, answered);
  }

  /** Also those whose caller has left: an image that was begun is still written. */
  const working = new Set<Promise<unknown>>();
  const server = createServer((incoming, outgoing) => {
    // Whatever goes wrong with one answer ends that connection, and nothing else.
    const work = respond(incoming, outgoing)
      .catch(() => outgoing.destroy())
      .finally(() => working.delete(work));
    working.add(work);
  });
  const { port, address } = await listen(server, options.port, host);
  // A name may mean another address than it says.
  const isLocal = isLoopback(address);
  if (!isLocal && access.auth === 'none') {
    server.close();
    throw new FunctionError(
      'forbidden',
      `${host} is an address that others reach, and callers need no token.`,
      'Ask for a token, or listen on 127.0.0.1.',
    );
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const done = new AbortController();
      const patience = sleep(CLOSE_MS, undefined, { signal: done.signal }).catch(() => undefined);
      await Promise.race([Promise.all([closed, ...working]), patience]);
      done.abort();
      // Half-sent requests would keep their connections open for minutes.
      server.closeAllConnections();
      await closed;
    },
  };
}
