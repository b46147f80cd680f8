/** An HTTP proxy in front of a server that breaks what passes, as the test asks: networks do this, emulators do not. */
import { createServer, request as send } from 'node:http';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** One thing that goes wrong. Where it says "done", the target has carried the request out. */
export type Fault =
  /** The connection is reset; the target never hears of the request. */
  | { kind: 'reset-before' }
  /** Done, but instead of the answer the connection is reset. */
  | { kind: 'reset-after' }
  /** Never answered. `done`: carried out all the same. */
  | { kind: 'hang'; done?: boolean }
  /** Done, the answer is held back for `ms`. */
  | { kind: 'delay'; ms: number }
  /** This answer instead of the target's. `done`: carried out all the same. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string; done?: boolean }
  /** Done; the answer promises its full length and is cut after `bytes` of its body. */
  | { kind: 'cut-response'; bytes: number }
  /** The target gets the first `bytes` of the body, then both connections are reset. */
  | { kind: 'cut-request'; bytes: number }
  /** Done; the body of the answer comes in `chunk` bytes every `ms`. */
  | { kind: 'drip'; chunk: number; ms: number };

/** A request that came by; `index` counts from 0. */
export interface Seen {
  index: number;
  method: string;
  /** Path and query. */
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
  fault: Fault | null;
}

export interface FaultProxy {
  url: string;
  /** Every request so far, in order of arrival. */
  seen: Seen[];
  close(): Promise<void>;
}

/** The n-th matching request gets the n-th fault (null: none); later ones pass. */
export function faultsInOrder(
  faults: readonly (Fault | null)[],
  matches: (seen: Seen) => boolean = () => true,
): (seen: Seen) => Fault | null {
  let next = 0;
  return (seen) => (matches(seen) ? (faults[next++] ?? null) : null);
}

/**
 * Starts the proxy on a free loopback port. `target` is the address of the server behind it; `fault` decides, request by
 * request, what goes wrong. Headers pass unchanged, `Host` too: signatures stay valid.
 */
export async function startFaultProxy(
  target: string,
  fault: (seen: Seen) => Fault | null,
): Promise<FaultProxy> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const { method = 'GET', url = '/', headers } = incoming;
      const record: Seen = { index: seen.length, method, url, headers, body, fault: null };
      seen.push(record);
      record.fault = fault(record);
      await pass(new URL(target), record, outgoing);
    })().catch(() => reset(outgoing));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function reset(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

function forward(target: URL, { method, url, headers }: Seen): ClientRequest {
  return send({ host: target.hostname, port: target.port, method, path: url, headers, agent: false });
}

async function carryOut(target: URL, seen: Seen): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const request = forward(target, seen);
  request.end(seen.body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { answer, body: await buffer(answer) };
}

async function pass(target: URL, seen: Seen, outgoing: ServerResponse): Promise<void> {
  const { fault } = seen;
  if (fault?.kind === 'reset-before') return reset(outgoing);
  if (fault?.kind === 'cut-request') return cutRequest(target, seen, outgoing, fault.bytes);
  if (fault?.kind === 'hang' && fault.done !== true) return;
  if (fault?.kind === 'answer' && fault.done !== true) return answerWith(outgoing, fault);

  const { answer, body } = await carryOut(target, seen);
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'answer') return answerWith(outgoing, fault);
  if (fault?.kind === 'reset-after') return reset(outgoing);
  if (fault?.kind === 'delay') await sleep(fault.ms);

  outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  if (fault?.kind === 'cut-response') return cutResponse(outgoing, body.subarray(0, fault.bytes));
  if (fault?.kind === 'drip') return drip(outgoing, body, fault);
  outgoing.end(body);
}

function answerWith(outgoing: ServerResponse, fault: Extract<Fault, { kind: 'answer' }>): void {
  outgoing.writeHead(fault.status, fault.headers);
  outgoing.end(fault.body ?? '');
}

async function cutRequest(target: URL, seen: Seen, outgoing: ServerResponse, bytes: number): Promise<void> {
  const request = forward(target, seen);
  request.on('error', () => {});
  await new Promise((resolve) => request.write(seen.body.subarray(0, bytes), resolve));
  request.destroy();
  reset(outgoing);
}

function cutResponse(outgoing: ServerResponse, part: Buffer): void {
  if (part.length === 0) outgoing.flushHeaders();
  else outgoing.write(part);
  // An orderly end in the middle, not a reset: a reset may swallow the part that was already sent.
  setImmediate(() => outgoing.socket?.end());
}

async function drip(
  outgoing: ServerResponse,
  body: Buffer,
  { chunk, ms }: Extract<Fault, { kind: 'drip' }>,
): Promise<void> {
  for (let at = 0; at < body.length && !outgoing.destroyed; at += chunk) {
    outgoing.write(body.subarray(at, at + chunk));
    await sleep(ms);
  }
  outgoing.end();
}
