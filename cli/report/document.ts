/** Events → one document: what `--json` prints and what the summary is made of. */
import { isWarning } from '../../function/contract.ts';
import type { Result } from '../../function/contract.ts';
import type { SyncEvent } from '../events.ts';
import { imageUrl } from './manifest.ts';
import { changedPage, replacements } from './changed.ts';
import type { Inventory, Item, Plan } from '../plan/plan.ts';
import type { Problem } from '../scan/scan.ts';
import type { Action, ChangedPage, ImageLine, PagesSummary, ReportDocument, Summary } from './documents.ts';

export type { ImageLine, ReportDocument } from './documents.ts';

export interface Recorder {
  on(event: SyncEvent): void;
  /** What is known of an image. */
  image(key: string): ImageLine | undefined;
  /** The document so far; `now` in ms of the clock that `startedAt` was read from. */
  document(now: number): ReportDocument;
}

export interface RecorderOptions {
  version: string;
  startedAt: number;
  /** The address images are served from, or null. */
  publicUrl: string | null;
  /** The address of the site, which ends with a slash, or null. */
  siteUrl?: string | null;
  /** Nothing is made: each image has the action that would be taken. */
  dryRun: boolean;
}

/** Collects what happens; prints nothing. */
export function createRecorder(options: RecorderOptions): Recorder {
  const images = new Map<string, ImageLine>();
  const actions = new Map<Item, 'created' | 'updated'>();
  const changed = new Map<string, ChangedPage>();
  let replacing = new Set<Item>();
  let problems: Problem[] = [];
  let posts = 0;
  let pages: PagesSummary | null = null;

  const { siteUrl, publicUrl } = options;
  const urlOf = (key: string): string | null => (publicUrl === null ? null : imageUrl(key, publicUrl));

  function line(key: string, action: Action, rest: Partial<ImageLine>): void {
    images.set(key, {
      slug: null,
      file: null,
      key,
      url: urlOf(key),
      action,
      fingerprint: null,
      bytes: null,
      width: null,
      height: null,
      renderMs: null,
      warnings: [],
      error: null,
      ...rest,
    });
  }

  function planned(plan: Plan, inventory: Inventory): void {
    if (typeof siteUrl === 'string') replacing = replacements(plan, inventory);
    for (const item of plan.create) actions.set(item, 'created');
    for (const item of plan.update) actions.set(item, 'updated');
    if (options.dryRun) for (const [item, action] of actions) line(item.key, action, pick(item));
    for (const item of plan.keep)
      line(item.key, 'unchanged', { ...pick(item), bytes: inventory.get(item.key)?.bytes ?? null });
    for (const key of plan.orphan) {
      const held = inventory.get(key);
      line(key, 'orphaned', { fingerprint: held?.fingerprint ?? null, bytes: held?.bytes ?? null });
    }
  }

  function made(item: Item, result: Result): void {
    const warnings = [...item.warnings, ...result.warnings];
    if (result.status === 'failed') {
      const { code, message } = result.error;
      line(item.key, 'failed', { ...pick(item), warnings, error: { code, message } });
      return;
    }
    if (typeof siteUrl === 'string' && replacing.has(item)) {
      const page = changedPage(item, siteUrl, urlOf(item.key));
      if (!changed.has(page.page)) changed.set(page.page, page);
    }
    const { width, height } = result;
    // 0: its answer was lost, and it was found in the store.
    const bytes = result.bytes || null;
    const renderMs = result.renderMs || null;
    line(item.key, actions.get(item) ?? 'created', {
      ...pick(item),
      bytes,
      width,
      height,
      renderMs,
      warnings,
    });
  }

  const changedInOrder = (): ChangedPage[] =>
    [...changed.values()].sort((a, b) => (a.page < b.page ? -1 : 1));

  return {
    on(event) {
      if (event.type === 'scanned') ({ posts, problems } = event);
      if (event.type === 'planned') planned(event.plan, event.inventory);
      if (event.type === 'image') made(event.item, event.result);
      if (event.type === 'measured')
        line(event.key, 'created', { ...images.get(event.key), bytes: event.bytes });
      if (event.type === 'pages') {
        const { pages: read, leftOut, withoutPage } = event;
        pages = { read, leftOut, withoutPage, written: null, unchanged: null };
      }
      if (event.type === 'injected') {
        problems = [...problems, ...event.problems];
        if (pages !== null) pages = { ...pages, written: event.written, unchanged: event.same };
      }
      if (event.type === 'deleted')
        line(event.key, 'deleted', { ...images.get(event.key), action: 'deleted' });
    },
    image: (key) => images.get(key),
    document(now) {
      const all = [...images.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      const durationMs = Math.round(now - options.startedAt);
      const summary = summarize(all, posts, durationMs);
      return { version: options.version, summary, images: all, problems, pages, changed: changedInOrder() };
    },
  };
}

function pick({ slug, file, fingerprint, warnings, outputName }: Item): Partial<ImageLine> {
  const output = outputName === null ? {} : { output: outputName };
  return { slug, file, ...output, fingerprint, warnings: [...warnings] };
}

function summarize(images: readonly ImageLine[], posts: number, durationMs: number): Summary {
  const count: Record<Action, number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    orphaned: 0,
    deleted: 0,
    failed: 0,
  };
  let warnings = 0;
  let notes = 0;
  let bytes = 0;
  for (const image of images) {
    count[image.action] += 1;
    warnings += image.warnings.filter(isWarning).length;
    notes += image.warnings.length;
    if (image.action === 'created' || image.action === 'updated') bytes += image.bytes ?? 0;
  }
  return { posts, ...count, warnings, notes: notes - warnings, bytes, durationMs };
}

/** The document of a run that came to nothing. */
export function emptyDocument(version: string): ReportDocument {
  return { version, summary: summarize([], 0, 0), images: [], problems: [], pages: null, changed: [] };
}

/** How a run went. `partly`: some posts have their image, some have not. `failed`: none has. */
export type RunVerdict = 'well' | 'partly' | 'failed';

/** With `strict`, a warning counts as a failure. */
export function verdictOf(
  { summary, problems }: Pick<ReportDocument, 'summary' | 'problems'>,
  { strict }: { strict: boolean },
): RunVerdict {
  const { created, updated, unchanged, failed, warnings } = summary;
  if (failed + problems.length + (strict ? warnings : 0) === 0) return 'well';
  return created + updated + unchanged > 0 ? 'partly' : 'failed';
}

/** 0 all well; 1 some images or files failed, or `strict` and a warning. */
export function exitCodeOfDocument(
  document: Pick<ReportDocument, 'summary' | 'problems'>,
  options: { strict: boolean },
): 0 | 1 {
  return verdictOf(document, options) === 'well' ? 0 : 1;
}
