/**
 * A stand-in for AWS in tests: an HTTP server in front of moto_server that passes everything on, except where a script
 * says otherwise. moto knows no Pending function, no throttling, no refusal and cannot run an image: scripts do that.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startMoto } from '../../function/testing/moto.ts';
import type { Moto } from '../../function/testing/moto.ts';
import { isRead, operationOf } from './operation.ts';

export interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export interface Call {
  operation: string;
  url: string;
  body: string;
  /** Asks moto, as if there were no script. */
  pass(): Promise<Answer>;
}

/** What to do with a call: an answer, "cut" for a broken connection, or null to pass it on. */
export type Script = (call: Call) => Answer | 'cut' | null | Promise<Answer | 'cut' | null>;

export interface Cloud {
  url: string;
  moto: Moto;
  /** Operations in the order in which they came. */
  seen: string[];
  /** Bodies and addresses of all requests, for greps. */
  raw: string[];
  /** Changes among the operations seen. */
  changes(): string[];
  /** Asked for each call, the newest first; the first that does not answer null decides. */
  script(script: Script): void;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(): Promise<Cloud> {
  const moto = await startMoto();
  let scripts: Script[] = [];
  const seen: string[] = [];
  const raw: string[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const url = request.url ?? '/';
    const operation = operationOf({
      method: request.method ?? 'GET',
      url,
      target: request.headers['x-amz-target']?.toString(),
      authorization: request.headers.authorization,
      body,
    });
    seen.push(operation);
    raw.push(`${operation} ${url} ${body}`);
    const pass = (): Promise<Answer> => forward(moto.url, request, body);
    for (const script of scripts) {
      const answer = await script({ operation, url, body, pass });
      if (answer === 'cut') return void request.socket.destroy();
      if (answer !== null) return send(response, answer);
    }
    send(response, await pass());
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => send(response, { status: 599, body: String(error) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    moto,
    seen,
    raw,
    changes: () => seen.filter((operation) => !isRead(operation)),
    script: (script) => void (scripts = [script, ...scripts]),
    async reset() {
      scripts = [];
      seen.length = 0;
      raw.length = 0;
      await moto.reset();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await moto.stop();
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const HOP = new Set(['connection', 'content-length', 'transfer-encoding', 'host', 'expect', 'keep-alive']);

async function forward(base: string, request: IncomingMessage, body: string): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (!HOP.has(name) && value !== undefined) headers[name] = String(value);
  const method = request.method ?? 'GET';
  const response = await fetch(new URL(request.url ?? '/', base), {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const kept: Record<string, string> = {};
  for (const [name, value] of response.headers)
    if (!HOP.has(name) && name !== 'content-encoding') kept[name] = value;
  return { status: response.status, body: await response.text(), headers: kept };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, headers ?? { 'content-type': 'application/json' }).end(body);
}
