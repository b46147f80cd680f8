import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readSettings } from '../../config/settings.ts';
import { clockFacts } from './checks/function.ts';
import { ciFacts } from './checks/ci.ts';
import { roomFact } from './checks/cache.ts';
import { nodeFact } from './checks/node.ts';
import { machineFact } from './checks/platform.ts';
import { failure, ok, warning } from './check.ts';
import type { Check, Subject } from './check.ts';
import { exitCodeOfFacts } from './document.ts';
import { examine } from './run.ts';

const subject: Subject = {
  settings: readSettings({}, { stdout: false, stderr: false }),
  cwd: '/',
  configFile: undefined,
  config: () => Promise.reject(new Error('no')),
  askFunction: () => Promise.reject(new Error('no')),
  signal: new AbortController().signal,
};
const check = (name: string, look: Check['look'], timeoutMs = 5000): Check => ({
  name,
  title: name,
  timeoutMs,
  look,
});

test('checks run side by side; one that throws, rejects or hangs costs no other, and the order stays', async () => {
  const checks = [
    check('slow', async () => (await delay(200), [ok('slow')])),
    check('throws', () => {
      throw new Error('broken');
    }),
    check('hangs', () => new Promise(() => {}), 100),
    check('rejects', async () => Promise.reject(new TypeError('bad'))),
    check('quick', async () => [ok('quick')]),
  ];
  const startedAt = performance.now();
  const results = await Promise.all(examine(checks, subject).results);
  expect(performance.now() - startedAt).toBeLessThan(400);
  expect(results.map(({ check: { name }, facts: [fact] }) => [name, fact?.sign, fact?.fact])).toEqual([
    ['slow', 'ok', 'slow'],
    ['throws', 'failure', 'broken'],
    ['hangs', 'failure', 'This took more than 0.1 s and was given up.'],
    ['rejects', 'failure', 'bad'],
    ['quick', 'ok', 'quick'],
  ]);
});

test('a check whose time is over is told so, and is waited for while it tidies up', async () => {
  let tidied = false;
  const tidy = check(
    'tidy',
    async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await delay(50);
      tidied = true;
      return [];
    },
    50,
  );
  const { results, settled } = examine([tidy], subject);
  await results[0];
  expect(tidied).toBe(false);
  await settled;
  expect(tidied).toBe(true);
});

test('Ctrl-C ends all checks at once with its own reason', async () => {
  const interrupt = new AbortController();
  const { results } = examine([check('hangs', () => new Promise(() => {}))], {
    ...subject,
    signal: interrupt.signal,
  });
  interrupt.abort(new Error('Interrupted.'));
  await expect(results[0]).rejects.toThrow('Interrupted.');
});

test.each([
  [[ok('a'), warning('b', 'c')], 0],
  [[failure('a', 'b'), ok('a')], 1],
  [[failure('a', 'b'), failure('a', 'b', 3)], 3],
  [[failure('a', 'b', 3), failure('a', 'b', 2)], 2],
])('the exit code is the one a run would have: %#', (facts, code) => {
  expect(exitCodeOfFacts(facts)).toBe(code);
});

test.each([
  ['24.21.0', '>=22.18', 'ok'],
  ['22.18.0', '>=22.18', 'ok'],
  ['22.17.9', '>=22.18', 'failure'],
  ['20.20.2', '>=22.18', 'failure'],
])('Node %s against %s: %s', (version, range, sign) => {
  expect(nodeFact(version, range).sign).toBe(sign);
});

test.each([
  [machineFact({ name: 'linux x64', cores: 2, memory: 8e9 }), 'ok', /2 cores, 8\.0 GB/],
  [machineFact({ name: 'linux x64', cores: 1, memory: 5e8 }), 'warning', /500 MB of memory: little/],
  [roomFact({ cacheDir: '/c', bytes: 0, free: 5e9 }), 'ok', /5\.0 GB are free/],
  [roomFact({ cacheDir: '/c', bytes: 2.6e8, free: 1e6 }), 'ok', /holds 260 MB/],
  [roomFact({ cacheDir: '/c', bytes: 0, free: 1e8 }), 'warning', /too little for the browser/],
])('machine and cache: %#', (fact, sign, text) => {
  expect(fact).toMatchObject({ sign, fact: expect.stringMatching(text) as string });
});

test.each([
  [0, 'iam', 'ok'],
  [59_999, 'iam', 'ok'],
  [60_000, 'iam', 'warning'],
  [-299_999, 'iam', 'warning'],
  [300_000, 'iam', 'failure'],
  [-300_000, 'iam', 'failure'],
  [3e8, 'token', 'warning'],
] as const)('a clock %d ms ahead, with auth %s: %s', (ahead, auth, sign) => {
  expect(clockFacts(ahead, auth)).toMatchObject([{ sign }]);
  expect(clockFacts(null, auth)).toEqual([]);
});

const KEYS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
const BITBUCKET = { BITBUCKET_BUILD_NUMBER: '1' };
const GITHUB = { GITHUB_ACTIONS: 'true' };
const GITHUB_TOKEN = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-github',
};
const GITLAB = { GITLAB_CI: 'true' };
test.each<[Record<string, string>, boolean, string, RegExp]>([
  [{}, true, 'ok', /no job of a CI/],
  [{ CI: 'true' }, true, 'ok', /none of Bitbucket/],
  [BITBUCKET, false, 'ok', /has no OIDC token, and needs none/],
  [BITBUCKET, true, 'warning', /no OIDC token, and AWS is called/],
  [{ ...BITBUCKET, ...KEYS }, true, 'warning', /static keys/],
  [
    { ...BITBUCKET, BITBUCKET_STEP_OIDC_TOKEN: 'token-of-bitbucket' },
    true,
    'warning',
    /AWS_ROLE_ARN names no role/,
  ],
  [
    { ...BITBUCKET, BITBUCKET_STEP_OIDC_TOKEN: 'token-of-bitbucket', AWS_ROLE_ARN: 'arn:x' },
    true,
    'ok',
    /has an OIDC token/,
  ],
  [GITHUB, true, 'warning', /no OIDC token/],
  [{ ...GITHUB, ...GITHUB_TOKEN }, false, 'ok', /has an OIDC token/],
  [GITLAB, true, 'warning', /no OIDC token/],
  [{ ...GITLAB, GITLAB_OIDC_TOKEN: 'token-of-gitlab' }, false, 'ok', /has an OIDC token/],
])('the CI of %j, AWS %s: %s', (environment, aws, sign, text) => {
  const facts = ciFacts(environment, aws);
  expect(facts.at(-1)).toMatchObject({ sign, fact: expect.stringMatching(text) as string });
  expect(JSON.stringify(facts)).not.toMatch(/token-of|bearer-of/);
  for (const { sign: each, cure } of facts) expect(cure === null).toBe(each === 'ok');
});
