import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launch } from './browser.ts';
import type { Card } from './renderer.ts';
import type { FaultyPool } from './testing/faults.ts';
import { FAULTS, faultyPool } from './testing/faults.ts';
import { livingIn } from './testing/processes.ts';
import { cardOf, JPEG } from './testing/fixture.ts';

const TIMEOUT_MS = 3500;
const BLUR_BOMB = Array.from({ length: 400 }).reduce<string>(
  (inner) => `<div style="filter:blur(60px);width:1200px;height:630px;background:#f001">${inner}</div>`,
  'x',
);

/** 11 KB or so for each thousand of pixels in a row. */
async function wide(side: number): Promise<string> {
  const picture = sharp({
    create: { width: side, height: side, channels: 3, background: '#246' },
    limitInputPixels: false,
  });
  return `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`;
}

/** Two hundred thousand elements in a thousand bytes. */
const TOWER = ((): string => {
  const floors = Array.from(
    { length: 5 },
    (_, at) => `<g id="a${at + 1}">${`<use href="#a${at}"/>`.repeat(10)}</g>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><rect id="a0" width="9" height="9"/>${floors.join('')}</defs><use href="#a5"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
})();

let temporary: string;
let faulty: FaultyPool;

/** Two pages in each browser, as on most machines, unless a test says otherwise. */
async function renew({ pages = 2, timeoutMs = TIMEOUT_MS, memoryBytes = Infinity }): Promise<void> {
  await faulty?.pool.close();
  faulty = faultyPool({ browsers: 2, pages, timeoutMs, memoryBytes, temporary });
}

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'faults-'));
  await renew({});
});

afterEach(async () => {
  await faulty.pool.close();
  await rm(temporary, { recursive: true });
});

/** What is there after the pool was closed: it should be nothing. */
async function leftBehind(): Promise<{ folders: string[]; processes: number[] }> {
  await faulty.pool.close();
  const processes = await livingIn(faulty.browsers.map(({ pid }) => pid));
  return { folders: await readdir(temporary), processes };
}
const NOTHING = { folders: [], processes: [] };

/** Renders 12 cards, one of them bad, and tells how each ended: its bytes, or its error's code and message. */
async function batch(bad: Card): Promise<{ others: string[]; culprit: string }> {
  const cards = Array.from({ length: 12 }, (_, index) => (index === 5 ? bad : cardOf(`Card ${index}`)));
  const ends = await Promise.allSettled(cards.map(async (card) => faulty.pool.render(card, JPEG)));
  const told = ends.map((end) =>
    end.status === 'fulfilled' ? Buffer.from(end.value.bytes).toString('base64') : String(end.reason.code),
  );
  const culprit = told[5] ?? '';
  return { others: told.filter((_, index) => index !== 5), culprit };
}

async function expected(): Promise<string[]> {
  const cards = Array.from({ length: 12 }, (_, index) => cardOf(`Card ${index}`)).filter((_, at) => at !== 5);
  const pictures = await Promise.all(cards.map(async (card) => faulty.pool.render(card, JPEG)));
  return pictures.map(({ bytes }) => Buffer.from(bytes).toString('base64'));
}

const marked = (fault: keyof typeof FAULTS): Card => {
  const { head, body } = cardOf('Bad');
  return { head, body: body + FAULTS[fault] };
};

describe('a batch in which one card', () => {
  it.each([
    ['loops for ever', 2, marked('loop'), 'render_timeout'],
    ['crashes its page', 1, marked('crash'), 'render_failed'],
    ['crashes its page', 2, marked('crash'), 'render_failed'],
    ['stops the browser', 2, marked('stop'), 'render_timeout'],
    ['kills the browser each time', 1, marked('kill'), 'render_failed'],
    ['kills the browser each time', 2, marked('kill'), 'render_failed'],
    ['is a blur bomb', 2, { ...cardOf('x'), body: BLUR_BOMB }, 'render_timeout'],
  ])(
    '%s (pages: %i): only it fails, every other picture is right, the next batch too',
    async (_, pages, bad, code) => {
      await renew({ pages });
      const { others, culprit } = await batch(bad);
      expect(culprit).toBe(code);
      expect(others).toEqual(await expected());
      expect(await leftBehind()).toEqual(NOTHING);
    },
  );
});

describe('a batch in which one card takes too much memory', () => {
  it.each([
    ['a small file with many pixels', async () => wide(12_000)],
    ['a drawing of many elements', async () => Promise.resolve(TOWER)],
  ])('(%s): that one fails and says so, every other picture is right', async (_, source) => {
    await renew({ timeoutMs: 10_000, memoryBytes: 450 << 20 });
    const { head, body } = cardOf('Bad');
    const bad = { head, body: `${body}<img src="${await source()}" width="1200" height="630">` };
    const { others, culprit } = await batch(bad);
    expect(culprit.slice(0, 20)).toBe('render_failed');
    expect(others).toEqual(await expected());
    await expect(faulty.pool.render(bad, JPEG)).rejects.toThrow('took more than 450 MB of memory');
    expect(await leftBehind()).toEqual(NOTHING);
  });
});

describe('a browser that is killed from outside', () => {
  it('in mid-batch costs no picture', async () => {
    await faulty.pool.warm();
    const [victim] = faulty.browsers;
    const pictures = Array.from({ length: 12 }, async (_, index) => {
      const picture = await faulty.pool.render(cardOf(`Card ${index}`), JPEG);
      if (index === 3 && victim !== undefined) process.kill(victim.pid, 'SIGKILL');
      return picture;
    });
    expect(await Promise.all(pictures)).toHaveLength(12);
    expect(faulty.browsers.length).toBeGreaterThan(1);
    expect(await leftBehind()).toEqual(NOTHING);
  });

  it('takes the core files in its folder along', async () => {
    await faulty.pool.warm();
    const [folder] = await readdir(temporary);
    await writeFile(join(temporary, folder ?? '', 'core'), 'planted');
    await writeFile(join(temporary, folder ?? '', 'core.4711'), 'planted');
    const [victim] = faulty.browsers;
    if (victim !== undefined) process.kill(victim.pid, 'SIGSEGV');
    await victim?.gone;
    expect(await readdir(temporary)).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('fails what waits, and is tried again for the next picture', async () => {
    let starts = 0;
    const again = faultyPool({
      browsers: 2,
      pages: 1,
      timeoutMs: TIMEOUT_MS,
      temporary,
      start: async (options) => {
        starts += 1;
        const chrome = {
          ...options.chrome,
          executable: starts <= 2 ? '/bin/false' : options.chrome.executable,
        };
        return launch({ ...options, chrome });
      },
    });
    try {
      const first = await Promise.allSettled([1, 2, 3].map(async () => again.pool.render(cardOf('A'), JPEG)));
      expect(first.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(
        first.map(() => 'browser_unavailable'),
      );
      const picture = await again.pool.render(cardOf('A'), JPEG);
      expect(picture.width).toBe(1200);
    } finally {
      await again.pool.close();
    }
  });

  it('says so when no folder can be made, and works when there is room again', async () => {
    await writeFile(join(temporary, 'file'), '');
    const nowhere = faultyPool({
      browsers: 1,
      pages: 1,
      timeoutMs: TIMEOUT_MS,
      temporary: join(temporary, 'file'),
    });
    await expect(nowhere.pool.render(cardOf('A'), JPEG)).rejects.toMatchObject({
      code: 'browser_unavailable',
      hint: 'Make room there, or make it writable.',
    });
    await nowhere.pool.close();
    await rm(join(temporary, 'file'));
  });
});
