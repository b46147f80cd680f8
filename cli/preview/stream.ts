/** Server-sent events: the hub's messages as a stream that the page keeps open. */
import type { ServerResponse } from 'node:http';
import type { Hub } from './hub.ts';

/** Quiet connections are closed by what stands between, and a page that sleeps must notice a server that ended. */
const BEAT_MS = 15_000;

export function streamMessages(hub: Hub, outgoing: ServerResponse, headers: Record<string, string>): void {
  outgoing.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  // A page whose connection was lost reads the state anew.
  outgoing.write(`retry: 500\ndata: ${JSON.stringify({ type: 'state' })}\n\n`);
  const stop = hub.listen((message) => outgoing.write(`data: ${JSON.stringify(message)}\n\n`));
  const beat = setInterval(() => outgoing.write(':\n\n'), BEAT_MS);
  outgoing.once('close', () => {
    clearInterval(beat);
    stop();
  });
}
