/** Sends a batch until each of its posts has a result: waits, looks into the store, sends less, names the culprit. */
import type { RenderResponse, Result } from '../../function/contract.ts';
import type { Emit } from '../events.ts';
import type { Item } from '../plan/plan.ts';
import { waitMs } from './backoff.ts';
import { unsent } from './batches.ts';
import { nextSends, unreachable } from './next-sends.ts';
import type { Batch } from './next-sends.ts';
import type { SendOutcome } from './outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface SettlePorts {
  where: string;
  /** Sends posts once. Null: the run is stopping and nothing was sent. */
  send(batch: Batch): Promise<SendOutcome<RenderResponse> | null>;
  /** Whether the function is alive otherwise; throws `CliError` when it is not. */
  probe(): Promise<void>;
  /** Which of these are in the store already, as they should be. */
  stored(items: readonly Item[]): Promise<Map<Item, Result>>;
  settle(item: Item, result: Result): void;
  /** Resolves after so many ms, or as soon as the run is stopping. */
  pause(ms: number): Promise<void>;
  stopping(): boolean;
  /** ms epoch of the last stored image or other sign of life, or of the start. */
  aliveAt(): number;
  clock(): number;
  random: () => number;
  emit: Emit;
}

/** Settles every post of a batch, or as many as possible before the run stops. Throws `CliError` when the run must end. */
export async function sendUntilSettled(
  first: Batch,
  policy: Pick<RetryPolicy, 'backoff' | 'tries' | 'idleMs'>,
  ports: SettlePorts,
): Promise<void> {
  // First in, first out: the sound half of a batch is done before the other is halved again.
  const todo = [first];
  for (let batch = todo.shift(); batch !== undefined && !ports.stopping(); batch = todo.shift()) {
    const outcome = await ports.send(batch);
    if (outcome === null) return;
    const next = nextSends(ports.where, batch, outcome, policy.tries);
    for (const { parcel, result } of next.settled) ports.settle(parcel.item, result);
    if (next.error !== null) throw next.error;
    const { again, blamed } = next;
    if (again.length + blamed.length === 0) continue;

    const waits = Math.max(0, ...again.map(({ waits }) => waits));
    if (!ports.stopping() && (waits > 0 || blamed.length > 0 || next.doubtful)) {
      const delayMs = waitMs(Math.max(0, waits - 1), next.askedMs, policy.backoff, ports.random);
      if (ports.clock() + delayMs > ports.aliveAt() + policy.idleMs)
        throw unreachable(
          ports.where,
          `nothing was stored for too long, and the last answer was ${next.reason}`,
        );
      const posts = again.reduce((sum, { parcels }) => sum + parcels.length, 0);
      ports.emit({ type: 'retry', reason: next.reason, delayMs, posts });
      await ports.pause(delayMs);
    }

    const done = next.doubtful ? await found(again, blamed, ports) : new Set<Item>();
    const guilty = blamed.filter(({ parcel }) => !done.has(parcel.item));
    const rest = again
      .map((part) =>
        Object.assign({ ...part }, { parcels: part.parcels.filter(({ item }) => !done.has(item)) }),
      )
      .filter(({ parcels }) => parcels.length > 0);
    if (ports.stopping()) return;
    // A function that answers nobody is down; one that answers others is killed by these posts.
    if (guilty.length > 0 || rest.some(({ suspect }) => suspect)) await ports.probe();
    if (ports.stopping()) return;
    for (const { parcel, reason } of guilty)
      ports.settle(
        parcel.item,
        unsent(
          parcel.item,
          'render_failed',
          `The function fails on this post alone, again and again: ${reason}.`,
        ),
      );
    todo.push(...rest);
  }
}

/** Settles what the store has although no answer said so. */
async function found(
  again: readonly Batch[],
  blamed: readonly { parcel: { item: Item } }[],
  ports: SettlePorts,
): Promise<Set<Item>> {
  const items = [...again.flatMap(({ parcels }) => parcels), ...blamed.map(({ parcel }) => parcel)].map(
    ({ item }) => item,
  );
  const stored = await ports.stored(items);
  for (const [item, result] of stored) ports.settle(item, result);
  return new Set(stored.keys());
}
