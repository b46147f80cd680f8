/** The preview's own HTTP server: on loopback, for the browser that was given the address, and for nobody else. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageKindOf } from '../../function/card/kind.ts';
import { FunctionError } from '../../function/contract.ts';
import { refuseForeignPages } from '../../function/http/guard.ts';
import { DOCUMENT, assetAt } from './assets.ts';
import type { Hub } from './hub.ts';
import { createSession } from './session.ts';
import type { PreviewSession } from './session.ts';
import { streamMessages } from './stream.ts';
import { troubleOf } from './trouble.ts';

export interface PreviewServer {
  /** With the token that opens it once. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const FOREVER = 'private, max-age=31536000, immutable';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

/** Where a picture or what is known of it is asked for, by fingerprint. */
const PICTURE = /^\/(card|details)\/([0-9a-f]{64})$/;

async function pictureAnswer(hub: Hub, path: string, signal: AbortSignal): Promise<Answer> {
  const [, what, fingerprint = ''] = PICTURE.exec(path) ?? [];
  const drawn = await hub.picture(fingerprint, signal);
  if (drawn === null) return text(404, 'No post has this fingerprint now.');
  if ('trouble' in drawn) return json(drawn.trouble, 422);
  if (what === 'details') return json(drawn.details);
  const type = `image/${imageKindOf(drawn.bytes)}`;
  return { status: 200, headers: { 'content-type': type, 'cache-control': FOREVER }, body: drawn.bytes };
}

async function route(hub: Hub, { method }: IncomingMessage, url: URL, signal: AbortSignal): Promise<Answer> {
  const path = url.pathname;
  if (path === '/draw-all' && method === 'POST') {
    hub.drawAll();
    return { status: 202 };
  }
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET is possible here.');
  if (path === '/') {
    // Who loads the page again wants to know how things stand with the store, too.
    hub.change(new Set(['store']));
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: DOCUMENT };
  }
  if (path === '/state') return json(hub.state());
  if (path === '/bench') return json(hub.bench());
  if (PICTURE.test(path)) return pictureAnswer(hub, path, signal);
  const asset = await assetAt(path);
  if (asset === null) return text(404, 'There is nothing here.');
  return { status: 200, headers: { 'content-type': asset.type }, body: asset.bytes };
}

/** Lets in who has the cookie; trades a token for one. Null: the request may go on. */
function admit(
  session: PreviewSession,
  { headers }: IncomingMessage,
  url: URL,
  opened: () => void,
): Answer | null {
  const holds = session.holds(headers.cookie);
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token === null) {
    if (holds) return null;
    return text(403, 'This preview opens with the address that og-sync printed.\n');
  }
  const value = session.open(token);
  if (value !== null) {
    opened();
    return { status: 303, headers: { location: '/', 'set-cookie': session.cookie(value) } };
  }
  if (holds) return { status: 303, headers: { location: '/' } };
  return text(403, 'This address was used already. og-sync has printed a new one.\n');
}

function send(outgoing: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { ...HEADERS, ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(outgoing.req.method === 'HEAD' ? undefined : body);
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.address() as AddressInfo));
  });
}

/**
 * Starts it. Rejects with Node's own error when the port cannot be had. `onOpened` receives the next address each time one
 * was used.
 */
export async function startPreviewServer(
  hub: Hub,
  options: { port: number; onOpened?: (url: string) => void },
): Promise<PreviewServer> {
  let session: PreviewSession | null = null;
  let origin = '';
  const address = (): string => `${origin}/?token=${session?.token}`;

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Answer | null> {
    const left = new AbortController();
    outgoing.once('close', () => left.abort());
    refuseForeignPages(incoming.headers, true);
    const url = URL.parse(incoming.url ?? '/', origin);
    if (url === null || session === null) return text(400, 'The request could not be read.');
    const refusal = admit(session, incoming, url, () => options.onOpened?.(address()));
    if (refusal !== null) return refusal;
    if (url.pathname === '/events' && incoming.method === 'GET') {
      streamMessages(hub, outgoing, HEADERS);
      return null;
    }
    return route(hub, incoming, url, left.signal);
  }

  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    respond(incoming, outgoing)
      .catch((thrown: unknown) =>
        thrown instanceof FunctionError
          ? json(troubleOf(thrown), thrown.status)
          : json(troubleOf(thrown), 500),
      )
      .then((answer) => answer !== null && send(outgoing, answer))
      .catch(() => outgoing.destroy());
  });
  const { port } = await listen(server, options.port);
  origin = `http://${HOST}:${port}`;
  session = createSession(port);
  return {
    get url() {
      return address();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // The page's stream of messages would stay open for ever.
        server.closeAllConnections();
      }),
  };
}
