/** A network that is left through a proxy alone: a real CONNECT proxy, and servers with TLS that only it can reach. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const file = (name: string) => fileURLToPath(new URL(`tls/${name}`, import.meta.url));

/** For NODE_EXTRA_CA_CERTS: made for the tests, for `*.og.test`, whose key everybody knows. */
export const CERTIFICATE = file('cert.pem');

export interface Tunnel {
  url: string;
  /** `host:port` of each CONNECT, and what came as Proxy-Authorization. */
  seen: { target: string; authorization: string | undefined }[];
  close: () => Promise<void>;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Serves with TLS on a free port. Resolves to the port. */
export async function serveTls(
  listener: RequestListener,
): Promise<{ port: number; close: () => Promise<unknown> }> {
  const server = createTlsServer(
    { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) },
    listener,
  );
  const port = await listen(server);
  return {
    port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands requests on to a server without TLS. */
export function passTo(url: string): RequestListener {
  const { hostname, port, host } = new URL(url);
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers, host };
    const onward = send({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  };
}

/** Starts the proxy. `ports`: where each host name really is. `refuse`: the status every CONNECT gets instead. */
export async function startTunnel(ports: Record<string, number>, refuse?: string): Promise<Tunnel> {
  const seen: Tunnel['seen'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => void response.writeHead(400).end());
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket, head) => {
    const target = request.url ?? '';
    seen.push({ target, authorization: request.headers['proxy-authorization'] });
    const port = ports[target.split(':')[0] ?? ''];
    if (refuse !== undefined || port === undefined) {
      client.end(`HTTP/1.1 ${refuse ?? '502 Bad Gateway'}\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
