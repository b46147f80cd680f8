import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runJson, startCli } from '../testing/process.ts';
import type { Blog, Started } from '../testing/process.ts';

const POSTS = 40;
const BATCH = 4;
const IN_FLIGHT = 2 * BATCH;

// The function is real but for Chromium: its "pictures" wait until the test lets them go.
let made: TestFunction;
let blog: Blog;
let held: PromiseWithResolvers<undefined>;
let waiting: PromiseWithResolvers<undefined>;
let started: string[];
beforeEach(async () => {
  held = Promise.withResolvers();
  waiting = Promise.withResolvers();
  started = [];
  made = await startFunction({
    before: (title) => {
      started.push(title);
      if (started.length === IN_FLIGHT) waiting.resolve(undefined);
      return held.promise;
    },
  });
  blog = await makeBlog();
  await Promise.all(Array.from({ length: POSTS }, (_, at) => blog.post(`p${at}`, `Post ${at}`)));
});
afterEach(async () => {
  held.resolve(undefined);
  await made.close();
  await blog.close();
});

const args = () => ['--function', made.url, '--auth', 'none', '--batch', `${BATCH}`];
const start = (...more: string[]): Started => startCli([...args(), ...more], { cwd: blog.folder });
const keys = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of made.store.list()) found.push(key);
  return found;
};

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('finishes what is in flight, and the next run makes only the rest', async () => {
    const cli = start('--concurrency', '2');
    await waiting.promise;
    cli.child.kill(signal);
    await cli.said(/Finishing what is in flight/);
    held.resolve(undefined);
    const { code, stdout } = await cli.ended;
    expect(code).toBe(130);
    expect(stdout).toContain(`${IN_FLIGHT} created`);
    expect(stdout).toContain('Interrupted');
    expect(await keys()).toHaveLength(IN_FLIGHT);

    const { code: second, document } = await runJson(args(), { cwd: blog.folder });
    expect(second).toBe(0);
    expect(document.summary).toMatchObject({ created: POSTS - IN_FLIGHT, unchanged: IN_FLIGHT });
    expect(await keys()).toHaveLength(POSTS);
    expect(made.renderer.rendered).toBe(POSTS);
  });

  test('a second one leaves at once', async () => {
    const cli = start('--concurrency', '2');
    await waiting.promise;
    cli.child.kill(signal);
    await cli.said(/Finishing what is in flight/);
    cli.child.kill(signal);
    // Nothing was let go: only leaving at once can end it.
    expect((await cli.ended).code).toBe(130);
  });
});

test('a stop while nobody answers the first question does not wait for an answer', async () => {
  const asked = Promise.withResolvers<undefined>();
  const silent = createServer(() => asked.resolve(undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const cli = startCli(['--function', url, '--auth', 'none'], { cwd: blog.folder });
  await asked.promise;
  cli.child.kill('SIGINT');
  const { code, stdout } = await cli.ended;
  silent.close();
  silent.closeAllConnections();
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
});

test('interrupted with --json, stdout holds one document of what was made', async () => {
  const cli = start('--concurrency', '2', '--json');
  await waiting.promise;
  cli.child.kill('SIGINT');
  await cli.said(/Finishing what is in flight/);
  held.resolve(undefined);
  const { code, stdout } = await cli.ended;
  expect(code).toBe(130);
  const { summary } = JSON.parse(stdout) as { summary: unknown };
  expect(summary).toMatchObject({ posts: POSTS, created: IN_FLIGHT });
});

test('two at once end with every image right, and each with exit code 0', async () => {
  const both = [start('--concurrency', '1'), start('--concurrency', '1')];
  await waiting.promise;
  held.resolve(undefined);
  const ended = await Promise.all(both.map((cli) => cli.ended));
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  expect(await keys()).toHaveLength(POSTS);
  const { document } = await runJson(args(), { cwd: blog.folder });
  expect(document.summary).toMatchObject({ created: 0, updated: 0, unchanged: POSTS, failed: 0 });
});
