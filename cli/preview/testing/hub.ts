/** A hub without a blog behind it, for tests of the server: one picture, and whoever changed anything on record. */
import type { Message, State } from '../api.ts';
import type { Hub } from '../hub.ts';

export const FINGERPRINT = 'a'.repeat(64);
const PIXELS = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

const STATE: State = {
  site: { name: 'Secret site', host: 'example.com' },
  output: { width: 1200, height: 630, format: 'jpeg' },
  templates: ['default'],
  entries: [],
  trouble: null,
  notices: [],
  store: 'out/images',
};

/** `drawnAll`: how often everything was asked to be drawn. */
export function fakeHub(): Hub & { drawnAll: number; tell(message: Message): void } {
  const listeners = new Set<(message: Message) => void>();
  const hub = {
    drawnAll: 0,
    drawn: 0,
    state: () => STATE,
    bench: () => ({ samples: [], rows: [] }),
    picture: (fingerprint: string) =>
      Promise.resolve(
        fingerprint === FINGERPRINT
          ? {
              bytes: PIXELS,
              details: {
                fingerprint,
                key: 'a.jpg',
                template: 'default',
                format: 'jpeg',
                bytes: 4,
                maxBytes: 300_000,
                quality: 90,
                renderMs: 1,
                warnings: [],
                post: { slug: 'a', title: 'A' },
              },
            }
          : null,
      ),
    listen(listener: (message: Message) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: () => undefined,
    drawAll() {
      hub.drawnAll += 1;
    },
    tell(message: Message) {
      for (const listener of listeners) listener(message);
    },
  };
  return hub;
}
