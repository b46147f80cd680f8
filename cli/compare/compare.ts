/** A plan → how each card looks now and how it would look: drawn, compared, and not stored. */
import type { Site, Warning } from '../../function/contract.ts';
import type { Image, Store } from '../../function/store/store.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import type { Emit } from '../events.ts';
import { drawingOrder } from '../plan/plan.ts';
import type { Inventory, Item, Plan } from '../plan/plan.ts';
import { captureStore } from './capture.ts';
import { lookAt } from './compared.ts';
import type { ComparedCard, ComparedTemplate, Drawn } from './compared.ts';
import { MostChanged } from './most-changed.ts';
import { decode } from './pictures.ts';
import { predecessorsOf } from './predecessors.ts';

/** Bytes that cards may take in a page, which is to stay below 8 MB with its font and its lists. */
const BUDGET = 6_800_000;
/** Of it, what new cards get. */
const FOR_NEW = 0.2;
/** New cards that are drawn; there is nothing to compare them with, so the others are counted. */
const MOST_NEW = 300;

/** A stored file that is larger is no image that a run made. */
const MOST_BYTES = 20_000_000;

export interface Comparison {
  /** By name. */
  templates: ComparedTemplate[];
  /** Keys of stored images whose cards have another key now: they are compared, and not orphans to a reader. */
  replaced: ReadonlySet<string>;
  /** Cards whose template is not on this machine. */
  undrawn: number;
}

export interface CompareOptions {
  plan: Plan;
  inventory: Inventory;
  /** Where the pictures are that are there now. */
  store: Store;
  site: Site;
  /** Whether a template is on this machine. */
  hasTemplate: (name: string) => boolean;
  /** Makes a dispatch that draws here and puts into the given store. */
  draw: (store: Store) => Promise<Dispatch>;
  emit: Emit;
  signal: AbortSignal;
}

interface Group {
  changed: MostChanged<ComparedCard>;
  created: MostChanged<ComparedCard>;
  same: number;
  undrawn: number;
}

/**
 * Draws what the plan would create or update, and compares it with what the store holds; stores nothing. Emits `started` and
 * `image` events, as a run does. Throws what ends such a run.
 */
export async function comparePictures(options: CompareOptions): Promise<Comparison> {
  const { site, emit, signal, inventory, hasTemplate } = options;
  const drawable = ({ template }: Item): boolean => hasTemplate(template);
  const predecessors = predecessorsOf(options.plan, inventory);
  const replacing = options.plan.create.filter((item) => predecessors.has(item));
  const update = [...options.plan.update, ...replacing].filter(drawable);
  const create = options.plan.create.filter((item) => drawable(item) && !predecessors.has(item));
  const groups = groupsOf({ create, update });
  const todo = drawingOrder([...update, ...create.slice(0, MOST_NEW)]);
  const byKey = new Map(todo.map((item) => [item.key, item]));
  const warnings = new Map<string, readonly Warning[]>();

  async function take(image: Image): Promise<void> {
    const item = byKey.get(image.key);
    const group = groups.get(item?.template ?? '');
    if (item === undefined || group === undefined) return;
    const key = predecessors.get(item) ?? item.key;
    const [before, picture] = await Promise.all([storedPicture(key, options), decode(image.bytes)]);
    const { share, toCard } = lookAt(item, before, { ...picture, bytes: image.bytes.length });
    if (share === 0) group.same += 1;
    else await (before === null ? group.created : group.changed).offer(share, toCard);
  }

  const dispatch = await options.draw(captureStore(take));
  try {
    if (todo.length > 0) emit({ type: 'started', where: dispatch.where, images: todo.length });
    for await (const { item, result } of dispatch.run(todo, { site, stored: null, emit, signal })) {
      warnings.set(item.key, [...item.warnings, ...result.warnings]);
      emit({ type: 'image', item, result });
    }
  } finally {
    await dispatch.close();
  }
  return {
    templates: [...groups].map(([name, group]) => templateOf(name, group, warnings)),
    replaced: new Set(predecessors.values()),
    undrawn: [...options.plan.update, ...options.plan.create].filter((item) => !drawable(item)).length,
  };
}

/** A template's cards share the bytes with those of the other templates, so that none hides another. */
function groupsOf({ create, update }: Pick<Plan, 'create' | 'update'>): Map<string, Group> {
  const names = [...new Set([...update, ...create].map(({ template }) => template))].sort();
  const each = BUDGET / Math.max(1, names.length);
  const undrawn = create.slice(MOST_NEW);
  return new Map(
    names.map((name): [string, Group] => [
      name,
      {
        changed: new MostChanged(each * (1 - FOR_NEW)),
        created: new MostChanged(each * FOR_NEW),
        same: 0,
        undrawn: undrawn.filter(({ template }) => template === name).length,
      },
    ]),
  );
}

/** Null when there is none; a sentence when it cannot be read. */
async function storedPicture(
  key: string,
  { store, inventory, signal }: CompareOptions,
): Promise<Drawn | string | null> {
  const held = inventory.get(key);
  if (held === undefined) return null;
  if (held.bytes > MOST_BYTES) return 'The stored picture is too large to be one of ours.';
  try {
    const found = await store.peek(key, signal, Math.max(1, held.bytes));
    if (found === null) return 'The stored picture has gone meanwhile.';
    return { ...(await decode(found.head)), bytes: held.bytes };
  } catch (error) {
    signal.throwIfAborted();
    return `The stored picture cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function templateOf(
  name: string,
  { changed, created, same, undrawn }: Group,
  warnings: ReadonlyMap<string, readonly Warning[]>,
): ComparedTemplate {
  const warned = (card: ComparedCard): ComparedCard => ({
    ...card,
    warnings: warnings.get(card.key) ?? card.warnings,
  });
  return {
    name,
    changed: changed.kept.map(warned),
    moreChanged: changed.dropped,
    same,
    created: created.kept.map(warned),
    moreCreated: created.dropped + undrawn,
  };
}
