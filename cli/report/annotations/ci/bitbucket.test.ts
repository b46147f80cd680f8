import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { startCodeInsights } from '../testing/code-insights.ts';
import type { CodeInsights } from '../testing/code-insights.ts';
import { note, review, warnings } from '../testing/reviews.ts';
import type { Review } from '../review.ts';
import { bitbucket, proxyOf } from './bitbucket.ts';

let service: CodeInsights | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

const log = { write: () => undefined };
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const BASE = `http://api.bitbucket.org/2.0/repositories/acme/site/commit/${COMMIT}/reports`;
const step = (proxy: string) => ({
  BITBUCKET_BUILD_NUMBER: '12',
  BITBUCKET_WORKSPACE: 'acme',
  BITBUCKET_REPO_SLUG: 'site',
  BITBUCKET_COMMIT: COMMIT,
  BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.org/acme/site',
  OG_BITBUCKET_PROXY: proxy,
});

async function publish(of: Review, environment: Record<string, string>, patienceMs = 60_000): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  await bitbucket.publish(of, { environment, log, codeQuality: undefined, signal });
}

test('the report, then its annotations, go to the API through the proxy, as plain HTTP', async () => {
  service = await startCodeInsights();
  const error = note({
    severity: 'error',
    code: 'no_title',
    name: 'no title',
    message: 'has no title',
    line: 1,
  });
  await publish(
    review([error, note(), note({ path: null, line: null })], { folder: '' }),
    step(service.proxy),
  );
  expect(service.refusals).toEqual([]);
  expect(service.requests).toEqual([`PUT ${BASE}/og-sync-sync`, `POST ${BASE}/og-sync-sync/annotations`]);
  const { report, annotations } = service.reports.get('og-sync-sync') ?? {};
  expect(report).toEqual({
    title: 'og-sync sync',
    details:
      'Posts: 3, Duration: 1.2 s\n1 error: no title (no_title)\n2 warnings: text that does not fit (text_cut)',
    report_type: 'TEST',
    reporter: 'og-sync',
    result: 'PASSED',
    link: 'https://bitbucket.org/acme/site/pipelines/results/12',
    data: [
      { title: 'Posts', type: 'NUMBER', value: 3 },
      { title: 'Duration', type: 'DURATION', value: 1200 },
      { title: 'Site', type: 'LINK', value: { text: 'blog.example', href: 'https://blog.example/' } },
    ],
  });
  const [first, , last] = [...(annotations?.values() ?? [])];
  expect(first).toMatchObject({
    annotation_type: 'BUG',
    severity: 'HIGH',
    summary: 'has no title',
    path: 'blog/content/a.md',
    line: 1,
  });
  expect(last).not.toHaveProperty('path');
});

test('1,250 notes are 1,000 annotations in batches of 100, the most important first', async () => {
  service = await startCodeInsights();
  const error = note({ severity: 'error', message: 'The worst.' });
  await publish(review([error, ...warnings(1249)]), step(service.proxy));
  expect(service.refusals).toEqual([]);
  expect(service.batches).toEqual(Array.from({ length: 10 }, () => 100));
  const [report] = service.reports.values();
  expect(report?.annotations.size).toBe(1000);
  expect([...(report?.annotations.values() ?? [])][0]?.summary).toBe('The worst.');
  expect(report?.report.details).toContain('1,249 warnings');
});

test('a run again on the same commit changes its report, and adds none', async () => {
  service = await startCodeInsights();
  for (const _ of [1, 2]) await publish(review([note(), note()]), step(service.proxy));
  expect(service.reports.size).toBe(1);
  expect([...service.reports.values()][0]?.annotations.size).toBe(2);
});

test('each verb and each blog has a report of its own; one without notes has no annotations', async () => {
  service = await startCodeInsights();
  for (const [verb, folder] of [
    ['sync', ''],
    ['check', ''],
    ['sync', 'blogs/ä'],
    ['sync', 'b'],
  ] as const)
    await publish(review([], { verb, folder }), step(service.proxy));
  expect(service.refusals).toEqual([]);
  expect(service.reports.size).toBe(4);
  expect(service.batches).toEqual([]);
});

test('whatever strangers write, the API takes it', async () => {
  const started = (service = await startCodeInsights());
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.integer({ min: 440, max: 2100 }).map((length) => `${'x'.repeat(length)}😀😀`),
    fc.integer({ min: 440, max: 2100 }).map((length) => '😀'.repeat(length)),
    fc.constant('\uD800'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), text, async (messages, folder) => {
      await publish(
        review(
          messages.map((message) => note({ message })),
          { folder },
        ),
        step(started.proxy),
      );
      expect(started.refusals).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [500, '500'],
  [429, '429'],
  [404, '404'],
  [307, '307'],
] as const)('an answer of %s ends it with the first request', async (status, said) => {
  service = await startCodeInsights(status);
  await expect(publish(review(warnings(300)), step(service.proxy))).rejects.toThrow(`it answered ${said}`);
  expect(service.requests).toHaveLength(1);
});

test('a proxy that never answers, and one that is not there, are named', async () => {
  service = await startCodeInsights('never');
  await expect(publish(review([note()]), step(service.proxy), 300)).rejects.toThrow('did not answer in time');
  await expect(publish(review([note()]), step('http://127.0.0.1:1'))).rejects.toThrow(
    '127.0.0.1:1 cannot be reached (ECONNREFUSED)',
  );
});

test('the proxy is that of a step, in a pipe the one of its host, or the one that is named', () => {
  expect(proxyOf({}).href).toBe('http://localhost:29418/');
  expect(proxyOf({ BITBUCKET_PIPE_STORAGE_DIR: '/opt/x' }).href).toBe('http://host.docker.internal:29418/');
  expect(proxyOf({ OG_BITBUCKET_PROXY: 'http://proxy:1' }).href).toBe('http://proxy:1/');
});

test('a variable that the pipeline lacks is named, and nothing is sent', async () => {
  service = await startCodeInsights();
  const { BITBUCKET_COMMIT: _, ...rest } = step(service.proxy);
  await expect(publish(review([]), rest)).rejects.toThrow('BITBUCKET_COMMIT is not set');
  expect(service.requests).toEqual([]);
});

test('the stand-in refuses what the API does not take', async () => {
  service = await startCodeInsights();
  const { proxy } = service;
  const { sendThrough } = await import('./proxy.ts');
  const signal = AbortSignal.timeout(60_000);
  const send = (method: 'PUT' | 'POST', url: string, body: unknown) =>
    sendThrough(new URL(proxy), { method, url, body, signal });
  const report = { title: 'a', details: 'b', report_type: 'TEST' };
  const one = { external_id: 'a', annotation_type: 'BUG', summary: 'x' };
  await send('PUT', `${BASE}/a`, report);
  await send('POST', `${BASE}/a/annotations`, [one]);
  const many = Array.from({ length: 101 }, (_, at) => ({ ...one, external_id: String(at) }));
  for (const [method, path, body] of [
    ['PUT', 'a', { ...report, report_type: 'LINT' }],
    ['PUT', 'a', { ...report, details: 'x'.repeat(2001) }],
    ['PUT', 'a', { ...report, color: 'red' }],
    ['PUT', 'a', { title: 'a', report_type: 'TEST' }],
    [
      'PUT',
      'a',
      { ...report, data: Array.from({ length: 11 }, () => ({ title: 'a', type: 'NUMBER', value: 1 })) },
    ],
    ['POST', 'a/annotations', many],
    ['POST', 'a/annotations', [{ ...one, summary: 'x'.repeat(451) }]],
    ['POST', 'a/annotations', [{ ...one, path: '/etc/passwd' }]],
    ['POST', 'b/annotations', [one]],
    ['POST', 'a', report],
  ] as const)
    await expect(send(method, `${BASE}/${path}`, body)).rejects.toThrow('400');
  await expect(send('PUT', `${BASE.replace('http:', 'https:')}/a`, report)).rejects.toThrow('400');
});
