/** One JSON request through a plain HTTP proxy. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** ms of one exchange. */
const TIMEOUT_MS = 5_000;
/** Characters of an answer that says why a request was refused. */
const SHOWN = 200;

export interface Sent {
  method: 'PUT' | 'POST';
  url: string;
  body: unknown;
  signal: AbortSignal;
}

/** Sends and waits for an answer of 200 or 201. Throws an Error that says what came instead. */
export async function sendThrough(proxy: URL, { method, url, body, signal }: Sent): Promise<void> {
  const text = JSON.stringify(body);
  // An import of node:http also loads a WebSocket client.
  const request = process.getBuiltinModule('node:http').request({
    host: proxy.hostname.replaceAll(/[[\]]/g, ''),
    port: proxy.port || 80,
    method,
    // A proxy takes the whole address: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    path: url,
    headers: {
      host: new URL(url).host,
      accept: 'application/json',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    },
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  let status: number | undefined;
  let answer = '';
  try {
    request.end(text);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    status = response.statusCode ?? 0;
    for await (const chunk of response.setEncoding('utf8'))
      if (answer.length < SHOWN) answer += chunk as string;
  } catch (cause) {
    throw new Error(reasonOf(cause, proxy), { cause });
  }
  if (status !== 200 && status !== 201)
    throw new Error(`it answered ${status} ${answer.slice(0, SHOWN)}`.trim());
}

function reasonOf(cause: unknown, proxy: URL): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'AbortError' || cause.name === 'TimeoutError')
    return `${proxy.host} did not answer in time`;
  const code = 'code' in cause ? String(cause.code) : cause.message;
  return `${proxy.host} cannot be reached (${code})`;
}
