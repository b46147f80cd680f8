/** Ties the parts together: saves refresh the model, pictures are drawn from it, and listeners are notified. */
import type { Renderer } from '../../function/renderer/renderer.ts';
import type { Bench, Message, State } from './api.ts';
import { createGallery } from './gallery.ts';
import type { DrawnCard } from './gallery.ts';
import type { SavedPart, Model } from './model.ts';

export interface Hub {
  state(): State;
  bench(): Bench;
  /** Null: no post and no sample has this fingerprint now. */
  picture(fingerprint: string, signal?: AbortSignal): Promise<DrawnCard | null>;
  /** Called for every message until the returned function is called. */
  listen(listener: (message: Message) => void): () => void;
  /** Reads again what a save may have changed. */
  change(changes: ReadonlySet<SavedPart>): void;
  /** Draws every post's picture that was not drawn yet, behind those that are looked at. */
  drawAll(): void;
  /** Pictures drawn so far. */
  readonly drawn: number;
}

export function createHub(model: Model, renderer: Renderer, signal: AbortSignal): Hub {
  const listeners = new Set<(message: Message) => void>();
  const tell = (message: Message): void => {
    for (const listener of listeners) listener(message);
  };
  const gallery = createGallery(renderer, tell);
  const pending = new Set<SavedPart>();
  let isRefreshing = false;
  let isDrawing = false;

  /** One at a time: what is saved meanwhile is read in the next round. */
  async function refresh(): Promise<void> {
    if (isRefreshing) return;
    isRefreshing = true;
    while (pending.size > 0 && !signal.aborted) {
      const changes = new Set(pending);
      pending.clear();
      await model.refresh(changes);
      tell({ type: 'state' });
    }
    isRefreshing = false;
  }

  async function picture(fingerprint: string, wanted?: AbortSignal): Promise<DrawnCard | null> {
    const recipe = model.recipe(fingerprint);
    return recipe === undefined ? null : gallery.picture(fingerprint, recipe, wanted);
  }

  const state = (): State => model.state((fingerprint) => gallery.outcome(fingerprint));

  async function drawAll(): Promise<void> {
    if (isDrawing) return;
    isDrawing = true;
    // Again from the start where a save has changed what there is to draw.
    for (;;) {
      const all = state().entries.flatMap(({ shots }) => shots.map(({ fingerprint }) => fingerprint));
      const next = all.find((fingerprint) => gallery.outcome(fingerprint) === undefined);
      const done = all.filter((fingerprint) => gallery.outcome(fingerprint) !== undefined).length;
      tell({ type: 'progress', done, all: all.length });
      if (next === undefined || signal.aborted) break;
      await picture(next, signal).catch(() => null);
    }
    isDrawing = false;
  }

  return {
    state,
    bench: () => model.bench(),
    picture,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(changes) {
      for (const change of changes) pending.add(change);
      refresh().catch(() => {
        isRefreshing = false;
      });
    },
    drawAll: () => void drawAll().finally(() => (isDrawing = false)),
    get drawn() {
      return gallery.drawn;
    },
  };
}
