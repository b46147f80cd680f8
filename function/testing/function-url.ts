/** What AWS puts between a caller and the handler: HTTP in, an event of payload version 2 to the Runtime API, HTTP out. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { FunctionUrlResult } from '../http/event.ts';
import type { RuntimeApi } from './runtime-api.ts';

export interface FunctionUrl {
  url: string;
  /** How many requests came. */
  readonly requests: number;
  close(): Promise<void>;
}

/** Serves the handler behind `api`; each invocation is given `timeoutMs`. Signatures count as checked. */
export async function startFunctionUrl(api: RuntimeApi, timeoutMs: number): Promise<FunctionUrl> {
  let requests = 0;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    requests += 1;
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://localhost');
    const event = {
      version: '2.0',
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: incoming.headers,
      requestContext: {
        http: { method: incoming.method, path: pathname },
        authorizer: { iam: { accountId: '123456789012' } },
      },
      body: (await buffer(incoming)).toString('base64'),
      isBase64Encoded: true,
    };
    const result = (await api.invoke(event, timeoutMs)) as FunctionUrlResult;
    outgoing.writeHead(result.statusCode, result.headers);
    outgoing.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
