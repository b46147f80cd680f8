/**
 * Renders many cards with the renderer alone and tells what it cost: `node bench/soak.ts --pictures 10000`.
 * Every picture must come, decode and have the right size; a card that comes again must have the same bytes, whichever
 * page draws it; afterwards no process, profile folder or core file may be left.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRenderer } from '../function/renderer/index.ts';
import { cardOf, JPEG, OPTIONS } from '../function/renderer/testing/fixture.ts';
import { processTree, pssOf, usage } from './proc.ts';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '1000' },
    browsers: { type: 'string', default: String(availableParallelism()) },
    pages: { type: 'string' },
    recycle: { type: 'string', default: '2000' },
    every: { type: 'string', default: '1' },
  },
});
const pictures = Number(values.pictures);
const every = Number(values.every);

/** Words that make titles of one to some twenty words, the same in every run. */
const WORDS =
  'The quiet art of making pictures for posts that people share, without waiting, on every push'.split(' ');
const title = (index: number): string =>
  `${index} ${Array.from({ length: 1 + (index % 21) }, (_, word) => WORDS[(word * 7 + index) % WORDS.length]).join(' ')}`;

/** Each 20th card is one of five that come again and again. */
const AGAIN = 20;
const SEVERAL = 5;
const titleAt = (index: number): string =>
  title(index % AGAIN === 0 ? (index / AGAIN) % SEVERAL : SEVERAL + index);

const there = new Set(await readdir(tmpdir()));
const started = performance.now();
const renderer = createRenderer({
  ...OPTIONS,
  browsers: Number(values.browsers),
  ...(values.pages !== undefined && { pagesPerBrowser: Number(values.pages) }),
  recycleAfter: Number(values.recycle),
});
await renderer.render(cardOf('First'), JPEG);
console.log(`first picture        ${Math.round(performance.now() - started)} ms after start`);

// Checking must not weigh more than what is checked.
sharp.cache(false);
sharp.concurrency(1);

const firstBytes = new Map<string, string>();
let again = 0;
let unlike = 0;

function compare(key: string, picture: Uint8Array): void {
  const hash = createHash('sha256').update(picture).digest('base64');
  const first = firstBytes.get(key);
  firstBytes.set(key, first ?? hash);
  if (first === undefined) return;
  again += 1;
  if (first !== hash) unlike += 1;
}

let bytes = 0;
let wrong = 0;
let next = 0;
let done = 0;

async function check(picture: Uint8Array): Promise<void> {
  const { info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  if (info.width !== JPEG.width || info.height !== JPEG.height) wrong += 1;
}

/** Counted while no browser was exchanged yet: the CPU time of an ended browser's children is nobody's. */
let cpu = '';
function tellUsage(): void {
  const { cpuMs, pssBytes } = usage(process.pid);
  const own = pssOf(process.pid);
  const [node, browsers] = [own, pssBytes - own].map((size) => Math.round(size / 1e6));
  if (cpu === '') cpu = `${((cpuMs - before.cpuMs) / done).toFixed(1)} ms each, all processes, first ${done}`;
  console.log(`memory at ${String(done).padStart(8)}   ${browsers} MB browsers, ${node} MB node (PSS)`);
}

async function lane(): Promise<void> {
  while (next < pictures) {
    const index = next++;
    const picture = await renderer.render(cardOf(titleAt(index)), JPEG);
    bytes += picture.bytes.length;
    if (index % AGAIN === 0) compare(titleAt(index), picture.bytes);
    if (index % every === 0) await check(picture.bytes);
    done += 1;
    if (done % 1000 === 0) tellUsage();
  }
}

// With every browser started and nothing else to do, each page draws one of these.
await Promise.all(
  Array.from({ length: renderer.pages * 2 }, async () => renderer.render(cardOf('All'), JPEG)),
);
await Promise.all(
  Array.from({ length: renderer.pages }, async () =>
    compare('All', (await renderer.render(cardOf('All'), JPEG)).bytes),
  ),
);

const before = usage(process.pid);
const from = performance.now();
await Promise.all(Array.from({ length: renderer.pages * 2 }, lane));
const ms = performance.now() - from;
console.log(
  `pictures             ${done} of ${pictures}, ${wrong} wrong, ${Math.round(bytes / done)} bytes each`,
);
console.log(`drawn again          ${again}, ${unlike} with other bytes`);
console.log(
  `speed                ${((done / ms) * 1000).toFixed(1)} a second, ${(ms / done).toFixed(2)} ms each`,
);
if (cpu === '') tellUsage();
console.log(`CPU                  ${cpu}`);

await renderer.close();
const left = processTree(process.pid).slice(1);
const ours = new RegExp(`^og-sync-${process.pid}-|^core`);
const after = (await readdir(tmpdir())).filter((name) => !there.has(name) && ours.test(name));
console.log(`left behind          ${left.length} processes, ${after.length} folders or core files`);
if (done !== pictures || wrong > 0 || unlike > 0 || left.length > 0 || after.length > 0) process.exitCode = 1;
