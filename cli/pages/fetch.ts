/** One request for a part of something, bounded in bytes and in time. */
import { VERSION } from '../../function/package.ts';

export interface Fetched {
  /** At most as many as asked for. */
  head: Buffer;
  /** Of the whole; as far as it was read where the server does not say. */
  bytes: number;
  cacheControl: string | null;
  /** Where it came from in the end. */
  url: string;
}

/** Why something could not be fetched, as a sentence without its subject. */
export class FetchError extends Error {
  readonly status: number | null;

  constructor(message: string, status: number | null = null, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FetchError';
    this.status = status;
  }
}

const TIMEOUT_MS = 30_000;
const AGENT = `og-sync/${VERSION} (checks Open Graph tags)`;

/**
 * GET over http or https, redirects followed. Reads at most `most` bytes.
 * @throws FetchError; the signal's reason once it is aborted.
 */
export async function fetchHead(address: string, most: number, signal: AbortSignal): Promise<Fetched> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new FetchError(`is no address of the web`);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { 'user-agent': AGENT, accept: '*/*' },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new FetchError(`answers ${response.status}`, response.status);
    }
    const head = await readStart(response, most);
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const plain = response.headers.get('content-encoding') === null;
    return {
      head,
      bytes: plain && Number.isSafeInteger(length) ? Math.max(length, head.length) : head.length,
      cacheControl: response.headers.get('cache-control'),
      url: response.url,
    };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof FetchError) throw cause;
    throw new FetchError(`cannot be fetched: ${reasonOf(cause)}`, null, { cause });
  }
}

async function readStart(response: Response, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the rest.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length >= most) break;
  }
  return Buffer.concat(parts).subarray(0, most);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
