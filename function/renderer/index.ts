/** The renderer's front door: wires browsers, pages and queue together. */
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import type { Browser } from './browser.ts';
import { launch } from './browser.ts';
import type { Machine } from './capacity.ts';
import { browsersFor, limitFor, pagesFor } from './capacity.ts';
import { ExitHooks } from './exit-hooks.ts';
import { findChrome, isPackaged } from './find-chrome.ts';
import { packagedVersion } from './inflate.ts';
import { Pool } from './pool.ts';
import { sweepProfiles } from './profile.ts';
import type { Renderer } from './renderer.ts';
import { Worker } from './worker.ts';

export { prepareBrowser } from './inflate.ts';

export interface RendererOptions {
  /** Path of a fontconfig file that names the fonts a card may use; asked for when the first browser starts. */
  fontconfig: () => Promise<string>;
  /** Where the inflated browser lives, keyed by version. May be read-only once it is there. */
  cacheDir: string;
  /** Browsers at most, started as they are needed. Default: one a core, as memory allows, 8 at most. */
  browsers?: number;
  /** Default: two where there is more than one core and enough memory, else one. They share one process. */
  pagesPerBrowser?: number;
  /** Deadline for one picture, in ms. Default 10,000. */
  timeoutMs?: number;
  /**
   * What one browser may hold while it draws, in bytes; Linux only. Default: 1 GB, or its share of 60 % of the machine's
   * memory where that is less, but at least 400 MB.
   */
  memoryBytes?: number;
  /** Pictures until a browser is exchanged for a fresh one. Default 2,000. */
  recycleAfter?: number;
  /** A browser to use instead of the packaged one. */
  chromePath?: string;
  /** Called when the process of a browser runs, long before it is ready. */
  onSpawn?: () => void;
  /** Where profile folders are made. Default: the system's temporary folder. */
  temporary?: string;
}

const START_TIMEOUT_MS = 30_000;

function thisMachine(): Machine {
  const memory = Math.min(process.constrainedMemory() || Infinity, totalmem());
  return { cores: availableParallelism(), memory };
}

/** Makes a renderer; nothing is started or inflated before the first picture or `warm()`. */
export function createRenderer(options: RendererOptions): Renderer {
  const machine = thisMachine();
  const {
    browsers = browsersFor(machine),
    pagesPerBrowser = pagesFor(machine, browsers),
    timeoutMs = 10_000,
    recycleAfter = 2000,
    memoryBytes = limitFor(machine, browsers),
    onSpawn,
  } = options;
  const temporary = options.temporary ?? tmpdir();
  const exitHooks = new ExitHooks();
  let prepared: ReturnType<typeof prepare> | null = null;

  async function prepare() {
    const [chrome, fontconfig] = await Promise.all([
      findChrome(options),
      options.fontconfig(),
      sweepProfiles(temporary),
    ]);
    return { chrome, fontconfig };
  }

  async function start(): Promise<Browser> {
    prepared ??= prepare();
    try {
      return await launch({
        ...(await prepared),
        startTimeoutMs: START_TIMEOUT_MS,
        exitHooks,
        temporary,
        onSpawn,
      });
    } catch (error) {
      // Whatever was missing may be there next time.
      prepared = null;
      throw error;
    }
  }

  const workers = Array.from(
    { length: browsers },
    () => new Worker({ launch: start, pages: pagesPerBrowser, timeoutMs, recycleAfter, memoryBytes }),
  );
  const pool = new Pool(workers, { pagesPerWorker: pagesPerBrowser, timeoutMs, memoryBytes });
  return {
    pages: browsers * pagesPerBrowser,
    chromium: options.chromePath === undefined && isPackaged(process) ? packagedVersion() : null,
    render: async (card, output, signal) => pool.render(card, output, signal),
    warm: async () => pool.warm(),
    close: async () => pool.close(),
  };
}
