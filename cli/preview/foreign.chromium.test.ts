import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startPreviewServer } from './server.ts';
import { startBrowser, visitPage } from './testing/browser.ts';
import { FINGERPRINT, fakeHub } from './testing/hub.ts';

test('a page of another server of this machine, in the very browser that has the preview open, gets nothing', async () => {
  const hub = fakeHub();
  const preview = await startPreviewServer(hub, { port: 0 });
  const { origin, port } = new URL(preview.url);
  const foreign = createServer((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>foreign</title>');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const browser = await startBrowser();
  const { page } = await visitPage(browser, preview.url);
  expect(page.url()).toBe(`${origin}/`);
  await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
  const got = await page.evaluate(
    async (targets, picture) => {
      const tries = targets.flatMap((target) => [
        fetch(`${target}/state`, { credentials: 'include' }),
        fetch(`${target}/state`),
        fetch(`${target}/draw-all`, { method: 'POST', credentials: 'include', body: 'a' }),
      ]);
      const read = await Promise.allSettled(tries);
      // What needs no leave to be sent: a picture, a form, a frame, a simple request.
      const image = new Image();
      image.src = `${targets[0]}${picture}`;
      const isDrawn = await image.decode().then(
        () => true,
        () => false,
      );
      await fetch(`${targets[0]}/draw-all`, {
        method: 'POST',
        mode: 'no-cors',
        credentials: 'include',
      }).catch(() => null);
      navigator.sendBeacon(`${targets[0]}/draw-all`, 'a');
      const events = new EventSource(`${targets[0]}/events`, { withCredentials: true });
      const heard = await new Promise((resolve) => {
        events.addEventListener('message', () => resolve(true));
        events.addEventListener('error', () => resolve(false));
      });
      events.close();
      return { read: read.map(({ status }) => status), isDrawn, heard };
    },
    [origin, `http://localhost:${port}`],
    `/card/${FINGERPRINT}`,
  );
  expect(got).toEqual({ read: Array.from({ length: 6 }, () => 'rejected'), isDrawn: false, heard: false });
  expect(hub.drawnAll).toBe(0);
  await browser.close();
  await preview.close();
  await new Promise((resolve) => foreign.close(resolve));
});
