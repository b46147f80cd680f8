/// <reference lib="dom" />
/** Pictures by fingerprint: asked for while somebody looks, a few at a time, and kept for when they come back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewTrouble } from '../api.ts';

/** A browser opens six connections to one host, and one of them carries the messages. */
const AT_ONCE = 4;
/** Pictures kept. */
const KEPT = 300;

/** `gone`: a save has changed what this fingerprint was of, and news of it is under way. */
type Made = { blob: Blob } | { trouble: PreviewTrouble } | { gone: true };

const kept = new Map<string, Made>();
const waiting: (() => void)[] = [];
let running = 0;

function next(): void {
  while (running < AT_ONCE) {
    const start = waiting.shift();
    if (start === undefined) return;
    running += 1;
    start();
  }
}

async function turn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    signal.addEventListener('abort', () => {
      const at = waiting.indexOf(resolve);
      if (at < 0) return;
      waiting.splice(at, 1);
      running += 1;
      resolve();
    });
    next();
  });
}

async function load(fingerprint: string, signal: AbortSignal): Promise<Made> {
  const there = kept.get(fingerprint);
  if (there !== undefined) return there;
  await turn(signal);
  try {
    const response = await fetch(`/card/${fingerprint}`, { signal });
    if (response.status === 422) return { trouble: (await response.json()) as PreviewTrouble };
    if (response.status === 404) return { gone: true };
    if (!response.ok) throw new Error(await response.text());
    const made = { blob: await response.blob() };
    kept.set(fingerprint, made);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  } finally {
    running -= 1;
    next();
  }
}

export interface Shown {
  /** The last good picture; null: there is none yet. */
  url: string | null;
  /** The fingerprint of that picture. */
  of: string | null;
  /** Why it is not the one that was asked for. */
  trouble: PreviewTrouble | null;
}

const lost = (error: unknown): PreviewTrouble => ({
  code: 'lost',
  message: error instanceof Error ? error.message : String(error),
  hint: '',
  file: null,
  line: null,
});

/** The picture of a fingerprint, once it is looked at. Until a new one is there, the old one stays. */
export function usePicture(fingerprint: string | null, isSeen: boolean): Shown {
  const [shown, setShown] = useState<Shown>({ url: null, of: null, trouble: null });
  const current = useRef<string | null>(null);
  useEffect(() => {
    if (fingerprint === null || !isSeen) return undefined;
    if (shown.of === fingerprint) {
      // A save was taken back: what is shown is right again.
      setShown((before) => (before.trouble === null ? before : { ...before, trouble: null }));
      return undefined;
    }
    const leave = new AbortController();
    const show = async (): Promise<void> => {
      const made = await load(fingerprint, leave.signal);
      if (leave.signal.aborted || 'gone' in made) return;
      if ('trouble' in made) {
        setShown((before) => ({ ...before, trouble: made.trouble }));
        return;
      }
      const url = URL.createObjectURL(made.blob);
      const image = new Image();
      image.src = url;
      await image.decode();
      if (leave.signal.aborted) {
        URL.revokeObjectURL(url);
        return;
      }
      if (current.current !== null) URL.revokeObjectURL(current.current);
      current.current = url;
      setShown({ url, of: fingerprint, trouble: null });
    };
    show().catch((error: unknown) => {
      if (!leave.signal.aborted) setShown((before) => ({ ...before, trouble: lost(error) }));
    });
    return () => leave.abort();
  }, [fingerprint, isSeen]);
  useEffect(
    () => () => {
      if (current.current !== null) URL.revokeObjectURL(current.current);
    },
    [],
  );
  return shown;
}
