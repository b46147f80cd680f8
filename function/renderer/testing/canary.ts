/** Servers that must never be spoken to. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

export interface Canary {
  /** `127.0.0.1:PORT` and `[::1]:PORT` in every spelling a browser understands. */
  readonly hosts: string[];
  readonly port: number;
  /** First line of whatever reached it. */
  readonly touches: string[];
  close(): void;
}

async function listen(host: string, port: number, touches: string[]) {
  const server = createServer((socket) => {
    touches.push(`connection to ${host}`);
    socket.on('data', (data) => touches.push(String(data).split('\r\n')[0] ?? ''));
    socket.on('error', () => touches.push('error'));
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

/** Listens on loopback, both families, one port; notes every connection, HTTP or not. */
export async function startCanary(): Promise<Canary> {
  const touches: string[] = [];
  const v4 = await listen('127.0.0.1', 0, touches);
  const { port } = v4.address() as AddressInfo;
  // A machine without IPv6 has nothing there to be reached.
  const v6 = await listen('::1', port, touches).catch(() => null);
  return {
    hosts: [
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ].map((host) => `${host}:${port}`),
    port,
    touches,
    close() {
      v4.close();
      v6?.close();
    },
  };
}
