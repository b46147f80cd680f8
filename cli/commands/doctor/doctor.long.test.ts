import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultProxy } from '../../../function/testing/fault-proxy.ts';
import { VERSION } from '../../../function/package.ts';
import { makeBlog, runCli, startCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runDoctor } from './testing/doctor.ts';

let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterEach(() => blog.close());
const run = (args: string[], env: Record<string, string> = {}) =>
  runCli(['doctor', ...args], { cwd: blog.folder, env });

test('offline and without an account all is well, and no AWS SDK is loaded', async () => {
  const report = join(blog.folder, 'loaded.json');
  await blog.write(
    'hook.mjs',
    `import { registerHooks } from 'node:module';
     import { writeFileSync } from 'node:fs';
     const loaded = [];
     registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
     process.on('exit', () => writeFileSync(${JSON.stringify(report)}, JSON.stringify(loaded)));`,
  );
  const env = { NODE_OPTIONS: `--import ${join(blog.folder, 'hook.mjs')}` };
  const { code, document, facts } = await runDoctor([], { cwd: blog.folder, env });
  expect({ code, ...document.summary }).toMatchObject({ code: 0, warnings: 0, failures: 0 });
  expect(document.version).toBe(VERSION);
  expect(facts('browser', 'ok').map(({ fact }) => fact)).toEqual([
    expect.stringMatching(/^Chromium \d+\..*: .*chromium$/),
    expect.stringMatching(/^It starts in \d+.* and draws a card in \d+ ms\.$/),
  ]);
  const loaded = JSON.parse(await readFile(report, 'utf8')) as string[];
  expect(loaded.some((url) => url.endsWith('/og-sync.js'))).toBe(true);
  expect(loaded.filter((url) => /node_modules\/(@aws-sdk|@smithy)/.test(url))).toEqual([]);
});

test('a person gets a sign, a fact and a cure for each; --quiet leaves failures alone', async () => {
  const env = { CHROME_PATH: '/nowhere' };
  const { code, stdout } = await run([], env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Node\n {2}✔ Node /);
  expect(stdout).toContain(
    'Browser\n  ✖ CHROME_PATH names /nowhere, which is no file that can be run.\n    → Let it name a Chrome,',
  );
  expect(stdout).toMatch(/✖ \d+ in order, 0 warnings, 1 failure · \d/);
  const quiet = await run(['-q'], env);
  expect(quiet.stdout.split('\n').filter((line) => line !== '')).toHaveLength(3);
});

test('a configuration that never ends loading is found, costs no other check, and the process ends', async () => {
  await blog.write(
    'og.config.mjs',
    'setInterval(() => {}, 1000);\nawait new Promise(() => {});\nexport default {};',
  );
  const { code, facts } = await runDoctor([], { cwd: blog.folder });
  expect(code).toBe(1);
  expect(facts('config', 'failure')).toMatchObject([
    { fact: 'The configuration is still loading after 10 s.' },
  ]);
  expect(facts('browser', 'ok')).toHaveLength(2);
  expect(facts('store', 'warning')).toHaveLength(1);
});

test('Ctrl-C ends it while a configuration loads', async () => {
  await blog.write('og.config.mjs', 'await new Promise(() => setInterval(() => {}, 1000));');
  const doctor = startCli(['doctor'], { cwd: blog.folder });
  await doctor.said(/Platform/);
  doctor.child.kill('SIGINT');
  expect((await doctor.ended).code).toBe(130);
});

/** Every variable that holds a secret, with a value that is told from all else. */
const SECRETS = {
  OG_FUNCTION_TOKEN: 'tok3n-of-the-function',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCY',
  AWS_SESSION_TOKEN: 'sess1on-token-of-aws',
  BITBUCKET_STEP_OIDC_TOKEN: 'b1tbucket.oidc.token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'g1thub-request-token',
  GITLAB_OIDC_TOKEN: 'g1tlab.oidc.token',
  GITHUB_TOKEN: 'g1thub-token-0000',
};

test.each([
  ['a function that answers with all it was sent', ['--auth', 'token'], {}],
  ['the same, signed', [], { AWS_REGION: 'eu-west-1' }],
  [
    'a store that answers with all it was sent',
    ['--store', 's3://pictures/images'],
    { AWS_REGION: 'eu-west-1' },
  ],
  [
    'Bitbucket',
    [],
    { BITBUCKET_BUILD_NUMBER: '1', AWS_REGION: 'eu-west-1', AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' },
  ],
  ['GitHub', [], { GITHUB_ACTIONS: 'true', AWS_REGION: 'eu-west-1' }],
  ['GitLab', [], { GITLAB_CI: 'true', AWS_REGION: 'eu-west-1' }],
])('no secret is shown: %s', async (_title, args, env) => {
  const echo = await startFaultProxy('http://127.0.0.1:9', ({ headers, url }) => ({
    kind: 'answer',
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      message: `${url} ${JSON.stringify(headers)} ${Object.values(SECRETS).join(' ')}`,
    }),
  }));
  const { port } = new URL(echo.url);
  const all = {
    ...SECRETS,
    ...env,
    CHROME_PATH: '/nowhere',
    OG_FUNCTION_URL: `http://someone:passw0rd-in-url@127.0.0.1:${port}`,
    AWS_ENDPOINT_URL: echo.url,
  };
  for (const more of [[], ['--json', '--verbose']]) {
    const { stdout, stderr } = await run([...args, ...more], all);
    expect(stdout).toContain('✖'.repeat(more.includes('--json') ? 0 : 1));
    for (const secret of [...Object.values(SECRETS), 'passw0rd-in-url'])
      expect(`${stdout}${stderr}`).not.toContain(secret);
  }
  await echo.close();
});
