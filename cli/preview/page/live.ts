/// <reference lib="dom" />
/** The state of the server, kept up to date by its messages. */
import { useEffect, useState } from 'preact/hooks';
import type { Message, State } from '../api.ts';

export interface Outcome {
  warnings: number;
  failed: boolean;
}

export interface Live {
  state: State | null;
  connected: boolean;
  /** How pictures turned out that were drawn since the state was read. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** How far drawing everything has come; null: it is not going on. */
  progress: { done: number; all: number } | null;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

/** Follows the server for as long as the page is open. */
export function useLive(): Live {
  const [live, setLive] = useState<Live>({
    state: null,
    connected: true,
    outcomes: new Map(),
    progress: null,
  });
  useEffect(() => {
    let asked = 0;
    const drawn = new Map<string, Outcome>();
    let frame = 0;
    const read = (): void => {
      asked += 1;
      const mine = asked;
      getJson<State>('/state')
        .then((state) => mine === asked && setLive((before) => ({ ...before, state, connected: true })))
        .catch(() => setLive((before) => ({ ...before, connected: false })));
    };
    /** Pictures come by the dozen: the page is drawn once for all of a frame. */
    const publish = (): void => {
      frame = 0;
      const news = [...drawn];
      drawn.clear();
      setLive((before) => ({ ...before, outcomes: new Map([...before.outcomes, ...news]) }));
    };
    const hear = (message: Message): void => {
      if (message.type === 'state') read();
      else if (message.type === 'drawn') {
        drawn.set(message.fingerprint, message);
        frame ||= requestAnimationFrame(publish);
      } else {
        const { done, all } = message;
        setLive((before) => ({ ...before, progress: done < all ? { done, all } : null }));
      }
    };
    const events = new EventSource('/events');
    events.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Message));
    events.addEventListener('error', () => setLive((before) => ({ ...before, connected: false })));
    events.addEventListener('open', () => setLive((before) => ({ ...before, connected: true })));
    return () => events.close();
  }, []);
  return live;
}
