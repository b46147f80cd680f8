/** The browser: found where, which version, whether it starts and draws, and how fast. */
import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { Card, Renderer } from '../../../../function/renderer/renderer.ts';
import type { Settings } from '../../../config/settings.ts';
import { formatMs } from '../../../report/format.ts';
import { openRenderer } from '../../../wiring.ts';
import { failed, failure, ok, softened, warning } from '../check.ts';
import type { Check, Fact } from '../check.ts';

export const browser: Check = {
  name: 'browser',
  title: 'Browser',
  timeoutMs: 90_000,
  async look({ settings, config, signal }) {
    const facts = await examined(settings, signal);
    // With a function, pictures are drawn there.
    const isNeeded = await config().then(
      (read) => read.function === null,
      () => true,
    );
    return isNeeded ? facts : facts.map(softened);
  },
};

async function examined(settings: Settings, signal: AbortSignal): Promise<Fact[]> {
  const found = await foundFact(settings);
  if (found.sign === 'failure') return [found];
  const renderer = await openRenderer(settings);
  const close = (): void => void renderer.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    return [found, ...(await drawn(renderer, signal))];
  } catch (error) {
    return [found, failed(error)];
  } finally {
    signal.removeEventListener('abort', close);
    await renderer.close();
  }
}

async function foundFact({ cacheDir, chromePath }: Settings): Promise<Fact> {
  try {
    const { findChrome, isPackaged } = await import('../../../../function/renderer/find-chrome.ts');
    const { executable } = await findChrome({ cacheDir, chromePath });
    const whose =
      chromePath !== undefined
        ? 'named by CHROME_PATH'
        : isPackaged(process)
          ? 'which comes with og-sync'
          : 'installed here';
    return ok(`${(await versionOf(executable)) ?? 'A browser'}, ${whose}: ${executable}`);
  } catch (error) {
    return failed(error);
  }
}

/** What it says itself; null where it says nothing: on Windows a Chrome opens a window instead. */
async function versionOf(executable: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const { stdout } = await promisify(execFile)(executable, ['--version'], { timeout: 5_000 }).catch(() => ({
    stdout: '',
  }));
  return stdout.trim().split('\n', 1)[0]?.slice(0, 80) || null;
}

const SIZE = { width: 1200, height: 630 };
const CARD: Card = {
  head: '<style>body{margin:0;background:linear-gradient(#fff,#023)}h1{font:80px Inter;color:#a00}</style>',
  body: '<h1>og-sync doctor</h1>',
};
/** ms that make a run of a hundred posts tiresome. A usual one is 20. */
const SLOW_MS = 1000;

async function drawn(renderer: Renderer, signal: AbortSignal): Promise<Fact[]> {
  const startedAt = performance.now();
  await renderer.warm();
  const startMs = performance.now() - startedAt;
  const output = { ...SIZE, format: 'jpeg', quality: 90, maxBytes: 300_000 } as const;
  await renderer.render(CARD, output, signal);
  // The first one also loads the page.
  const { bytes, renderMs } = await renderer.render(CARD, output, signal);
  if (await isBlank(bytes))
    return [
      failure(
        'It starts, but what it draws is empty.',
        'Unset CHROME_PATH, or let it name another Chrome or Chromium.',
      ),
    ];
  const fact = `It starts in ${formatMs(startMs)} and draws a card in ${formatMs(renderMs)}`;
  if (renderMs < SLOW_MS) return [ok(`${fact}.`)];
  return [
    warning(
      `${fact}, which is slow.`,
      'The machine is busy, or has too little memory: give it more, or let the function on AWS render (docs/deploy.md).',
    ),
  ];
}

/** Whether a picture has one colour alone. */
async function isBlank(bytes: Uint8Array): Promise<boolean> {
  const { default: sharp } = await import('sharp');
  const { channels } = await sharp(bytes).stats();
  return channels.every(({ stdev }) => stdev < 1);
}
