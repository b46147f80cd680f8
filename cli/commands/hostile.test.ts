/** Content that was written to hold a run up: Ctrl-C is heard all the same, and `serve` is not held up at all. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { drawn } from '../testing/pictures.ts';
import { makeBlog, startCli } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const svg = (inner: string): string => `<svg ${NS} width="30" height="20">${inner}</svg>`;
const tower = (levels: number): string =>
  svg(
    `<defs><rect id="a0" width="9" height="9"/>${Array.from({ length: levels }, (_, at) => `<g id="a${at + 1}">${`<use href="#a${at}"/>`.repeat(10)}</g>`).join('')}</defs><use href="#a${levels}"/>`,
  );
const COVERS: Record<string, string> = {
  spaces: svg(`<rect fill="url(${' '.repeat(390_000)}"/>`),
  'half tags': svg('<use '.repeat(80_000)),
  tower: tower(9),
  styles: svg(`<style>${'*{fill:url(#a)}'.repeat(20_000)}</style>${'<g/>'.repeat(20_000)}`),
  flat: svg('<path d="M0 0h9v9z"/>'.repeat(60_000)),
};

/** A second, and as much again for a machine that does other things meanwhile. */
const SOON_MS = 2000;

let made: TestFunction;
let blog: Blog;
beforeEach(async () => {
  made = await startFunction();
  blog = await makeBlog();
});
afterEach(async () => {
  await made.close();
  await blog.close();
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test.each([500, 900, 1300])(
    'is heard within a second among hostile covers, after %i ms',
    { timeout: 60_000 },
    async (delay) => {
      const large = await drawn('png', 8000, 8000);
      for (let at = 0; at < 40; at += 1) {
        for (const [name, cover] of Object.entries(COVERS)) {
          await blog.write(`content/${name}-${at}.md`, `---\ntitle: T\nimage: ./${name}-${at}.svg\n---\n`);
          await blog.write(`content/${name}-${at}.svg`, `${cover}<!--${at}-->`);
        }
        await blog.write(`content/large-${at}.md`, `---\ntitle: T\nimage: ./large-${at}.png\n---\n`);
        await blog.write(`content/large-${at}.png`, Buffer.concat([large, Buffer.from(String(at))]));
        await blog.write(
          `content/blank-${at}.md`,
          `---\ntitle: ${'<'.repeat(900)}\n${'\n'.repeat(900)}---\n${'\n'.repeat(60_000)}`,
        );
      }
      const cli = startCli(['--function', made.url, '--auth', 'none'], { cwd: blog.folder });
      await sleep(delay);
      expect(cli.child.exitCode).toBeNull();
      const askedAt = performance.now();
      cli.child.kill(signal);
      const { code } = await cli.ended;
      expect(performance.now() - askedAt).toBeLessThan(SOON_MS);
      expect([130, null]).toContain(code);
    },
  );
});

test('serve refuses drawings that multiply before it draws them, and ends though requests are half-sent', async () => {
  const cli = startCli(['serve', '--port', '0', '--json'], { cwd: blog.folder });
  const { url } = JSON.parse(await cli.said(/^(\{.*\})$/m)) as { url: string };
  const image = `data:image/svg+xml;base64,${Buffer.from(tower(9)).toString('base64')}`;
  const query = new URLSearchParams({ title: 'x', image });
  const asked = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const response = await fetch(`${url}/image?${query}`);
      return [response.status, await response.text()] as const;
    }),
  );
  for (const [status, text] of asked) {
    expect(status).toBe(400);
    expect(text).toContain('too much to draw');
  }
  const page = await fetch(`${url}/image?title=x`, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(page.status).toBe(403);
  const half = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  half.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{');
  await sleep(200);
  const askedAt = performance.now();
  cli.child.kill('SIGTERM');
  await cli.ended;
  expect(performance.now() - askedAt).toBeLessThan(5000);
});
