/**
 * Lambda's Runtime API on loopback: four HTTP calls by which AWS's own runtime interface client gets its work. It refuses
 * what Lambda refuses: an event or an answer of more than 6 MB, and an answer after the deadline.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RuntimeApi {
  /** `127.0.0.1:PORT`, for AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** Resolves when the runtime asks for its first event: its start is then over. */
  ready: Promise<void>;
  /** Sends one event; resolves to what the handler answered, rejects with the error it reported, or with Lambda's own. */
  invoke(event: unknown, timeoutMs?: number): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  id: string;
  event: unknown;
  timeoutMs: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Bytes of an event, and of an answer (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const PAYLOAD_LIMIT = 6 * 1024 * 1024;
const PREFIX = '/2018-06-01/runtime';

/** Starts the API on a free port. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const queue: Waiting[] = [];
  const running = new Map<string, Waiting>();
  const timers = new Map<string, NodeJS.Timeout>();
  const ready = Promise.withResolvers<void>();
  let idle: ServerResponse | null = null;
  let count = 0;

  function deliver(): void {
    const next = idle === null ? undefined : queue.shift();
    if (idle === null || next === undefined) return;
    running.set(next.id, next);
    // Lambda ends the sandbox here; its answer would find nobody.
    const late = `Task timed out after ${(next.timeoutMs / 1000).toFixed(2)} seconds`;
    const timer = setTimeout(() => settle(next.id)?.reject(new Error(late)), next.timeoutMs);
    timers.set(next.id, timer);
    idle.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(Date.now() + next.timeoutMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:og',
    });
    idle.end(JSON.stringify(next.event));
    idle = null;
  }

  function settle(id: string): Waiting | undefined {
    const waiting = running.get(id);
    running.delete(id);
    clearTimeout(timers.get(id));
    timers.delete(id);
    return waiting;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').slice(PREFIX.length);
    if (path === '/invocation/next') {
      idle = response;
      ready.resolve();
      deliver();
      return;
    }
    const body = await text(request);
    const [, id = '', outcome] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const waiting = settle(id);
    if (outcome === 'response' && Buffer.byteLength(body) > PAYLOAD_LIMIT) {
      waiting?.reject(new Error('Function.ResponseSizeTooLarge'));
      response.writeHead(413).end('{"errorType":"RequestEntityTooLarge"}');
      return;
    }
    if (outcome === 'response') waiting?.resolve(JSON.parse(body));
    else if (outcome === 'error') waiting?.reject(new Error(body));
    else if (path === '/init/error') ready.reject(new Error(body));
    response.writeHead(202).end('{}');
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    ready: ready.promise,
    invoke(event, timeoutMs = 30_000) {
      if (Buffer.byteLength(JSON.stringify(event)) > PAYLOAD_LIMIT)
        return Promise.reject(new Error(`Request must be smaller than ${PAYLOAD_LIMIT} bytes`));
      count += 1;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      queue.push({ id: `request-${count}`, event, timeoutMs, resolve, reject });
      deliver();
      return promise;
    },
    async close() {
      for (const timer of timers.values()) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
