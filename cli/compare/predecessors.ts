/** Cards whose key changes with the picture, its format or its template → the stored image that each of them replaces. */
import { keySlug } from '../../function/key.ts';
import type { Inventory, Item, Plan } from '../plan/plan.ts';

/**
 * By item of `plan.create`, the orphan that was made of the same post and output: the newest, where several are left. An item
 * that is not in the map is new.
 */
export function predecessorsOf(
  { create, orphan }: Pick<Plan, 'create' | 'orphan'>,
  inventory: Inventory,
): ReadonlyMap<Item, string> {
  const modified = (key: string): number => inventory.get(key)?.modified.getTime() ?? 0;
  const oldestFirst = [...orphan].sort((a, b) => modified(a) - modified(b));
  const found = new Map<Item, string>();
  for (const [pattern, items] of Map.groupBy(create, (item) => item.pattern)) {
    const slugOf = keySlug(pattern);
    const bySlug = new Map(oldestFirst.map((key) => [slugOf(key), key]));
    for (const item of items) {
      const key = bySlug.get(item.slug);
      if (key !== undefined) found.set(item, key);
    }
  }
  return found;
}
