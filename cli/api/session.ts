/** One run for a program: the parts put together, its events heard, its document made. It prints nothing. */
import { performance } from 'node:perf_hooks';
import { VERSION } from '../../function/package.ts';
import { siteUrlOf } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import type { SyncEvent } from '../events.ts';
import type { Parts, Run } from '../plan-run.ts';
import { createRecorder } from '../report/document.ts';
import type { Recorder, ReportDocument } from '../report/document.ts';
import { openParts } from '../wiring.ts';
import type { RunEvent } from './events.ts';
import type { Opened } from './config.ts';
import type { RunOptions } from './options.ts';

interface SessionOptions extends Pick<RunOptions, 'posts' | 'addresses' | 'signal' | 'onEvent'> {
  /** Nothing is made: each image has the action that would be taken. */
  dryRun: boolean;
}

/**
 * Runs `work` and resolves to the document.
 * @throws CliError or FunctionError when the run had to end early; the signal's reason once it is aborted; what a listener threw.
 */
export async function runSession(
  { config, settings }: Pick<Opened, 'settings'> & { config: Config },
  options: SessionOptions,
  work: (parts: Parts, run: Run) => Promise<unknown>,
): Promise<ReportDocument> {
  const startedAt = performance.now();
  const halt = new AbortController();
  const signals = options.signal === undefined ? [halt.signal] : [halt.signal, options.signal];
  const signal = AbortSignal.any(signals);
  const { publicUrl } = config;
  const siteUrl = siteUrlOf(config);
  const { dryRun } = options;
  const recorder = createRecorder({ version: VERSION, startedAt, publicUrl, siteUrl, dryRun });
  const emit = (event: SyncEvent): void => {
    recorder.on(event);
    const heard = publicEvent(event, recorder);
    try {
      if (heard !== null) options.onEvent?.(heard);
    } catch (error) {
      halt.abort(error);
    }
  };
  const { posts, addresses } = options;
  let parts: Parts | null = null;
  try {
    signal.throwIfAborted();
    parts = await openParts(config, settings, { log() {}, emit, signal, given: { posts, addresses } });
    await work(parts, { emit, signal, clock: Date.now });
  } catch (error) {
    // Whatever breaks after an interruption broke because of it.
    signal.throwIfAborted();
    throw error;
  } finally {
    await parts?.dispatch.close();
  }
  signal.throwIfAborted();
  return recorder.document(performance.now());
}

/** Posts that are handed in stand for `content`, unless the configuration names that too. */
export function withGivenPosts(config: Config, { posts }: Pick<RunOptions, 'posts'>): Config {
  const named = config.named.has('content') || (config.named.has('preset') && config.preset !== 'none');
  return posts === undefined || named ? config : { ...config, content: [] };
}

/** The event as a program hears it; `recorder` has heard it already. */
function publicEvent(event: SyncEvent, recorder: Pick<Recorder, 'image'>): RunEvent | null {
  if (event.type === 'planned') {
    const { create, update, keep, orphan } = event.plan;
    return {
      type: 'planned',
      store: event.store,
      create: create.length,
      update: update.length,
      keep: keep.length,
      orphan: orphan.length,
    };
  }
  if (event.type !== 'image') return event;
  const image = recorder.image(event.item.key);
  return image === undefined ? null : { type: 'image', image };
}
