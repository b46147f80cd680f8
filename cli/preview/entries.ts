/** Items, problems and what was shown before → the entries of the grid. Pure. */
import type { Output, Site } from '../../function/contract.ts';
import { viewOf } from '../../function/templates/view.ts';
import { makePlan } from '../plan/plan.ts';
import type { Inventory, Item } from '../plan/plan.ts';
import type { ScannedPost } from '../scan/post.ts';
import type { Problem } from '../scan/scan.ts';
import type { GridEntry, Status } from './api.ts';
import { troubleOfProblem } from './trouble.ts';

interface Seen {
  items: readonly Item[];
  posts: readonly ScannedPost[];
  problems: readonly Problem[];
  /** Null: the store could not be read. */
  inventory: Inventory | null;
  site: Site;
  output: Output;
  /** What was shown last: a post that a save broke keeps its last good picture. */
  before: readonly GridEntry[];
}

/** Sorted by file. */
export function entriesOf({ items, posts, problems, inventory, site, output, before }: Seen): GridEntry[] {
  const statuses = statusesOf(items, inventory);
  const byFile = new Map(posts.map((post) => [post.file, post]));
  const last = new Map(before.map((entry) => [entry.id, entry]));
  const entries = new Map<string, GridEntry>();
  for (const item of items) {
    const { fingerprint, key, outputName: name } = item;
    const shot = { fingerprint, key, name, width: item.output.width, height: item.output.height };
    const status = statuses.get(item) ?? 'unknown';
    const known = entries.get(item.file);
    if (known !== undefined) {
      known.shots.push(shot);
      if (known.status !== status) known.status = 'changed';
      continue;
    }
    const scanned = byFile.get(item.file);
    entries.set(item.file, {
      id: item.file,
      fingerprint,
      shots: [shot],
      title: scanned?.post.title ?? item.alt,
      slug: item.slug,
      address: scanned?.address ?? '',
      template: item.template,
      lang: scanned === undefined ? '' : viewOf({ post: scanned.post, site, output }).lang,
      status,
      warnings: null,
      problem: null,
    });
  }
  for (const problem of problems) {
    const scanned = byFile.get(problem.file)?.post;
    const known = entries.get(problem.file) ?? last.get(problem.file);
    entries.set(problem.file, {
      id: problem.file,
      fingerprint: known?.fingerprint ?? null,
      shots: known?.shots ?? [],
      title: scanned?.title ?? known?.title ?? problem.file,
      slug: scanned?.slug ?? known?.slug ?? '',
      address: known?.address ?? '',
      template: known?.template ?? '',
      lang: known?.lang ?? '',
      status: known?.status ?? 'unknown',
      warnings: null,
      problem: troubleOfProblem(problem),
    });
  }
  return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function statusesOf(items: readonly Item[], inventory: Inventory | null): Map<Item, Status> {
  if (inventory === null) return new Map();
  const { create, update, keep } = makePlan(items, inventory);
  return new Map([
    ...create.map((item): [Item, Status] => [item, 'new']),
    ...update.map((item): [Item, Status] => [item, 'changed']),
    ...keep.map((item): [Item, Status] => [item, 'stored']),
  ]);
}
