/** Faults that a card cannot cause by itself, since no script of it runs: done to the real browser while it draws. */
import type { CDPSession } from 'puppeteer-core/internal/puppeteer-core-browser.js';
import type { Browser, LaunchOptions } from '../browser.ts';
import { launch } from '../browser.ts';
import { ExitHooks } from '../exit-hooks.ts';
import { findChrome } from '../find-chrome.ts';
import { Pool } from '../pool.ts';
import { Worker } from '../worker.ts';
import { CACHE, fontconfig } from './fixture.ts';

/** What a card's body says to make the page that shows it fail. */
export const FAULTS = {
  loop: '<!--fault:loop-->',
  crash: '<!--fault:crash-->',
  stop: '<!--fault:stop-->',
  kill: '<!--fault:kill-->',
} as const;

async function provoke(fault: string, browser: Browser, send: CDPSession['send']): Promise<void> {
  if (fault === 'stop') process.kill(-browser.pid, 'SIGSTOP');
  else if (fault === 'kill') process.kill(browser.pid, 'SIGKILL');
  else if (fault === 'crash') await send('Page.navigate', { url: 'chrome://crash' });
  else await send('Runtime.evaluate', { expression: 'for(;;);' });
}

/** Lets marked cards do harm: the fault comes first, then the card itself. */
function booby(browser: Browser): Browser {
  const { connection } = browser;
  const openTarget = connection.openTarget.bind(connection);
  connection.openTarget = async (byFrame) => {
    const session = await openTarget(byFrame);
    const send = session.send.bind(session);
    session.send = async (method, params, options) => {
      const text = method === 'Runtime.callFunctionOn' ? JSON.stringify(params) : '';
      for (const [fault, mark] of Object.entries(FAULTS))
        // Not awaited: most of them never answer.
        if (text.includes(mark)) void provoke(fault, browser, send).catch(() => undefined);
      return send(method, params, options);
    };
    return session;
  };
  return browser;
}

export interface FaultyPool {
  pool: Pool;
  /** Every browser started so far. */
  browsers: Browser[];
}

/** A pool like the product's, whose browsers obey the marks above. */
export function faultyPool(options: {
  browsers: number;
  pages: number;
  timeoutMs: number;
  memoryBytes?: number;
  temporary?: string;
  start?: (launchOptions: LaunchOptions) => Promise<Browser>;
}): FaultyPool {
  const { pages, timeoutMs, memoryBytes = Infinity, start = launch, temporary } = options;
  const browsers: Browser[] = [];
  const exitHooks = new ExitHooks();
  const begin = async (): Promise<Browser> => {
    const browser = await start({
      chrome: await findChrome({ cacheDir: CACHE }),
      fontconfig: await fontconfig(),
      startTimeoutMs: 20_000,
      exitHooks,
      ...(temporary === undefined ? {} : { temporary }),
    });
    browsers.push(browser);
    return booby(browser);
  };
  const workers = Array.from(
    { length: options.browsers },
    () => new Worker({ launch: begin, pages, timeoutMs, recycleAfter: 1000, memoryBytes }),
  );
  return { pool: new Pool(workers, { pagesPerWorker: pages, timeoutMs, memoryBytes }), browsers };
}
