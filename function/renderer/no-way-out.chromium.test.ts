import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRenderer } from './index.ts';
import type { Card } from './renderer.ts';
import type { Canary } from './testing/canary.ts';
import { startCanary } from './testing/canary.ts';
import { OPTIONS } from './testing/fixture.ts';
import { BODY_VECTORS, HEAD_VECTORS } from './testing/vectors.ts';

const OUTPUT = { width: 400, height: 300, format: 'png', quality: 100, maxBytes: 8_000_000 } as const;
const PLAIN: Card = { head: '<style></style>', body: '<p>plain</p>' };
/** The colour of everything secret. */
const SECRET = [255, 0, 222] as const;
const COLOUR = `rgb(${SECRET.join()})`;

const refresh = (seconds: string, url: string): string =>
  `<meta http-equiv="refresh" content="${seconds};url=${url}">`;

const renderer = createRenderer({ ...OPTIONS, browsers: 1 });
let canary: Canary;
let folder: string;
let targets: string[];

async function secretPixels(bytes: Uint8Array): Promise<number> {
  const data = await sharp(bytes).removeAlpha().raw().toBuffer();
  let found = 0;
  for (let at = 0; at < data.length; at += 3)
    if (SECRET.every((value, channel) => data[at + channel] === value)) found += 1;
  return found;
}

beforeAll(async () => {
  canary = await startCanary();
  folder = await mkdtemp(join(tmpdir(), 'secret-'));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect id="a" width="400" height="300" fill="${COLOUR}"/></svg>`;
  const files = {
    'secret.svg': svg,
    'secret.png': await sharp(Buffer.from(svg)).png().toBuffer(),
    'secret.html': `<body style="background:${COLOUR}">`,
    'secret.css': `body,p{background:${COLOUR}!important}`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  targets = [
    ...canary.hosts.flatMap((host) => [`http://${host}/a`, `https://${host}/a`]),
    `//${canary.hosts[0]}/a`,
    ...Object.keys(files).map((name) => pathToFileURL(join(folder, name)).href),
    `view-source:http://${canary.hosts[0]}/a`,
    `ftp://${canary.hosts[0]}/a`,
  ];
});

afterAll(async () => {
  await renderer.close();
  canary.close();
  await rm(folder, { recursive: true });
});

/** Secret pixels in a card and in some after it, so that whatever it set going would have had its time. */
async function shown(card: Card): Promise<number> {
  let found = 0;
  for (const { head, body } of [card, { ...card, body: '<p>1</p>' }, { ...card, body: '<p>2</p>' }])
    found += await secretPixels((await renderer.render({ head, body }, OUTPUT)).bytes);
  return found;
}

describe('a card', () => {
  it.each(Object.entries(BODY_VECTORS))('reaches nothing with %s in its body', async (_, vector) => {
    expect(await shown({ ...PLAIN, body: targets.map(vector).join('\n') })).toBe(0);
    expect(canary.touches).toEqual([]);
  });

  it.each(Object.entries(HEAD_VECTORS))('reaches nothing with %s in its head', async (_, vector) => {
    expect(await shown({ ...PLAIN, head: targets.map(vector).join('\n') })).toBe(0);
    expect(canary.touches).toEqual([]);
  });

  it.each([
    ['its body', 'at once', (url: string) => ({ ...PLAIN, body: refresh('0', url) })],
    ['its body', 'later', (url: string) => ({ ...PLAIN, body: refresh('5', url) })],
    ['its head', 'at once', (url: string) => ({ ...PLAIN, head: refresh('0', url) })],
  ])('that leaves by a refresh in %s, %s, fails, and the next is right', async (_, __, card) => {
    const plain = await renderer.render(PLAIN, OUTPUT);
    await expect(renderer.render(card(`http://${canary.hosts[0]}/`), OUTPUT)).rejects.toMatchObject({
      code: 'render_failed',
      message: expect.stringContaining('leave its page') as string,
    });
    const next = await renderer.render(PLAIN, OUTPUT);
    expect(Buffer.compare(next.bytes, plain.bytes)).toBe(0);
    expect(canary.touches).toEqual([]);
  });

  it('that refreshes to a file shows nothing of it', async () => {
    for (const url of targets.filter((target) => target.startsWith('file:'))) {
      const body = `<meta http-equiv="refresh" content="0;url=${url}"><p>x</p>`;
      const picture = await renderer.render({ ...PLAIN, body }, OUTPUT).catch(() => null);
      const next = await renderer.render(PLAIN, OUTPUT);
      expect(await secretPixels(next.bytes)).toBe(0);
      expect(picture === null ? 0 : await secretPixels(picture.bytes)).toBe(0);
    }
  });
});

describe('these tests', () => {
  it('would see a secret pixel', async () => {
    const { bytes } = await renderer.render(
      { ...PLAIN, body: `<p style="background:${COLOUR}">x</p>` },
      OUTPUT,
    );
    expect(await secretPixels(bytes)).toBeGreaterThan(100);
  });

  it('would see a touched canary', async () => {
    const own = await startCanary();
    const socket = connect(own.port, '127.0.0.1');
    socket.resume();
    await once(socket, 'close');
    own.close();
    expect(own.touches).toContain('connection to 127.0.0.1');
  });
});
