/** Pages that a development server makes: asked for at the very socket that a request came in by. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { CardRequest, LivePage } from './live.ts';

/** A request of which the server's end is known. */
export interface ServedRequest extends CardRequest {
  headers?: { host?: string | undefined };
  socket?: { localAddress?: string | undefined; localPort?: number | undefined; encrypted?: boolean };
}

/** A page is small; what goes on is none. */
const MOST_BYTES = 8_000_000;

/** The page of the first of these slugs that has one. `slash`: whether addresses end with one. */
export async function servedPage(
  slugs: readonly string[],
  request: ServedRequest,
  { base, slash }: { base: string; slash: boolean },
): Promise<LivePage | null> {
  for (const slug of slugs) {
    const address = slug === 'index' ? '/' : `/${slug}${slash ? '/' : ''}`;
    const html = await htmlAt(`${base}${address.slice(1)}`, request);
    if (html !== null) return { address, html };
  }
  return null;
}

function htmlAt(path: string, { headers, socket }: ServedRequest): Promise<string | null> {
  const { localAddress: host, localPort: port, encrypted = false } = socket ?? {};
  const ask = encrypted ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const asked = ask(
      {
        host,
        port,
        path: encodeURI(path),
        headers: { host: headers?.host ?? 'localhost', accept: 'text/html' },
        // The server is this very process; its certificate is made for development.
        rejectUnauthorized: false,
      },
      (response) => {
        const isPage = response.statusCode === 200 && /\bhtml\b/.test(response.headers['content-type'] ?? '');
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (isPage && bytes <= MOST_BYTES) chunks.push(chunk);
        });
        response.on('end', () => resolve(isPage ? Buffer.concat(chunks).toString('utf8') : null));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
