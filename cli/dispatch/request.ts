/** One HTTP exchange with the function, with a time limit over all of it: connecting, waiting, reading. */
import { send } from '../../deploy/aws/http.ts';
import type { Agents } from '../../deploy/aws/http.ts';
import type { Signer } from './signer.ts';

/** What came back, whatever it is. */
export interface Reply {
  status: number;
  /** Lower-case media type without parameters. */
  type: string;
  retryAfter: string | null;
  /** The clock of whoever answered: https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
  date: string | null;
  text: string;
}

/** Nothing usable came back. `reached`: the request may have arrived, so the work may have been done. */
export class NetworkError extends Error {
  readonly reached: boolean;
  readonly timedOut: boolean;

  constructor(message: string, options: { reached: boolean; timedOut: boolean; cause: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'NetworkError';
    this.reached = options.reached;
    this.timedOut = options.timedOut;
  }
}

export interface RequestOptions {
  url: URL;
  method: 'GET' | 'POST';
  body: string;
  signer: Signer;
  userAgent: string;
  /** ms for the whole exchange. */
  timeoutMs: number;
  /** Through a proxy, where one is to be used. */
  agents?: Agents | undefined;
  /** Breaks the exchange off. */
  signal?: AbortSignal | undefined;
}

/** A Lambda answers 6 MB at most; more is not ours, and is not read. */
const MAX_REPLY_BYTES = 7_000_000;

/** Failures of which it is certain that no request was sent. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What the innermost error says: fetch wraps what the socket said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/** Where a connection was refused: it may be the proxy that is not there. */
function placeOf(error: unknown): string {
  const { address, port } = (error ?? {}) as { address?: unknown; port?: unknown };
  return typeof address === 'string' ? ` ${address}:${String(port)}` : '';
}

/** The code of the innermost error that has one. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const inner = codeOf(error.cause);
  if (inner !== null) return inner;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Sends one request and reads the whole answer. Follows no redirect: a signature is good for one address only.
 * @throws NetworkError when no whole answer came in time; `CliError` when it could not be signed; the signal's reason.
 */
export async function exchange(options: RequestOptions): Promise<Reply> {
  const { url, method, body, timeoutMs } = options;
  const base = { accept: 'application/json', 'user-agent': options.userAgent };
  const headers = await options.signer.sign({
    method,
    url,
    body,
    headers: method === 'POST' ? { ...base, 'content-type': 'application/json' } : base,
  });
  const late = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  try {
    const answer = await send({
      url,
      method,
      headers,
      body: method === 'POST' ? body : undefined,
      agents: options.agents,
      mostBytes: MAX_REPLY_BYTES,
      signal,
    });
    return {
      status: answer.status,
      type: (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
      retryAfter: answer.headers['retry-after'] ?? null,
      date: answer.headers.date ?? null,
      text: answer.text,
    };
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (late.aborted)
      throw new NetworkError(`no answer within ${timeoutMs / 1000} s`, {
        reached: true,
        timedOut: true,
        cause,
      });
    const code = codeOf(cause);
    const said = code === null ? reasonOf(cause) : `${code}${placeOf(cause)}`;
    const reached = code === null || !UNREACHED.has(code);
    const message = reached ? `the connection broke (${said})` : `no connection (${said})`;
    throw new NetworkError(message, { reached, timedOut: false, cause });
  }
}
