/** The tags of every page: what each should say, and the pages written where they do not. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sweep } from '../../function/disk/whole.ts';
import { PostError } from '../errors.ts';
import type { Problem, ScannedSite } from '../scan/scan.ts';
import { pageFileReader } from '../scan/pages/file.ts';
import type { Page } from '../scan/pages/pages.ts';
import { rewrite } from './rewrite.ts';
import type { Rewriting, WantedTags } from './rewrite.ts';
import { replaceHead } from './write.ts';

export interface InjectOptions {
  /** The folder of the built site. */
  folder: string;
  /** Relative to the config's folder: for messages. */
  shownFolder: string;
  isOurs: (address: string) => boolean;
  /** What a page should say; null: it is left as it is. */
  wanted: (page: Page, post: ScannedSite['shown'][number]['post']) => WantedTags | null;
  /** Called for each page that changes or, when nothing is to be written, would. */
  onChange?: ((change: PageChange) => void) | undefined;
  /** Write nothing. */
  dryRun: boolean;
  signal: AbortSignal;
}

/** One page that changes. */
export interface PageChange {
  file: string;
  before: () => Buffer;
  after: () => Buffer;
}

export interface Injected {
  written: number;
  /** Pages that say what they should already: not touched. */
  same: number;
  problems: Problem[];
}

const NOTHING: WantedTags = { image: [], page: [], data: null };
/** Pages looked at before other work has its turn. */
const SLICE = 32;

/**
 * Writes into each page that shows a post the tags of its image, and takes tags of ours out of pages that have none. A page
 * that cannot be written is a problem; the others go on. Stops between two pages when the signal aborts.
 */
export async function inject(site: ScannedSite, options: InjectOptions): Promise<Injected> {
  const injected: Injected = { written: 0, same: 0, problems: [] };
  const read = pageFileReader();
  /** Folders from which half-written copies of killed runs were removed. */
  const swept = new Set<string>();
  const shown = new Map(site.shown.map(({ page, post }) => [page, post]));
  for (const [index, page] of site.pages.entries()) {
    if (index % SLICE === 0) await setImmediate();
    if (options.signal.aborted) break;
    const post = shown.get(page);
    const wanted = post === undefined ? NOTHING : options.wanted(page, post);
    if (wanted === null) continue;
    try {
      const changed = await injectPage(read, page.file, wanted, options, swept);
      if (changed) injected.written += 1;
      else if (wanted !== NOTHING) injected.same += 1;
    } catch (error) {
      injected.problems.push(problemOf(join(options.shownFolder, page.file), error));
    }
  }
  return injected;
}

/** Resolves to whether the page changes. */
async function injectPage(
  read: ReturnType<typeof pageFileReader>,
  file: string,
  wanted: WantedTags,
  { folder, isOurs, onChange, dryRun }: InjectOptions,
  swept: Set<string>,
): Promise<boolean> {
  const path = resolve(folder, file);
  const { result, before } = read(path, (bytes, whole) => {
    const result = rewrite(bytes, whole, wanted, isOurs);
    return result === null ? null : { result, before: bytes };
  });
  const after = changedBytes(result);
  if (after === null) return false;
  onChange?.({
    file,
    before: () => readFileSync(path),
    after: () => Buffer.concat([after, readFileSync(path).subarray(before.length)]),
  });
  if (dryRun) return true;
  const parent = dirname(path);
  if (!swept.has(parent)) await sweep(parent, Date.now());
  swept.add(parent);
  await replaceHead(path, before, after, folder);
  return true;
}

function changedBytes(result: Rewriting): Buffer | null {
  if (result.kind === 'refused') throw new PostError('odd_page', result.reason);
  return result.kind === 'changed' ? result.bytes : null;
}

function problemOf(file: string, error: unknown): Problem {
  if (error instanceof PostError) return { file, code: error.code, message: `${file}: ${error.message}` };
  if (error instanceof Error && 'syscall' in error)
    return { file, code: 'unwritable', message: `${file} cannot be written: ${error.message}` };
  throw error;
}
