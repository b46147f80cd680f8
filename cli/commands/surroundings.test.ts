import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DIST } from '../../function/testing/product.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli, startCli } from '../testing/process.ts';
import type { Blog, Ended } from '../testing/process.ts';

// What is around a run: variables, home, folder, streams. None of it may end in a stack, or print a secret.
let made: TestFunction;
let blog: Blog;
beforeEach(async () => {
  made = await startFunction();
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterEach(async () => {
  await made.close();
  await blog.close();
});

const STACK = /\n\s+at |This should not happen/;
const remote = () => ['--function', made.url, '--auth', 'none'];
const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  runCli(args, { cwd: blog.folder, env });
const shell = (script: string, env: Record<string, string | undefined> = {}) =>
  promisify(execFile)('/bin/sh', ['-c', script], {
    cwd: blog.folder,
    env: { PATH: process.env['PATH'], NODE: process.execPath, OG: join(DIST, 'og-sync.js'), ...env },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

describe('a variable never overrides or blocks a flag', () => {
  const broken = {
    OG_FUNCTION_URL: 'nonsense',
    OG_FUNCTION_TOKEN: 'a\nb',
    CHROME_PATH: '/none',
    AWS_REGION: '',
  };

  test('not a flag that names the function', async () => {
    const { code, stderr } = await run(remote(), broken);
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  test('not a flag that names a folder, and it is said that the variable is not used', async () => {
    const args = ['plan', '--store', 'images'];
    const { code, stdout, stderr } = await run(args, { OG_FUNCTION_URL: made.url });
    expect(code).toBe(0);
    expect(stdout).toContain('1 to create, 0 to update, 0 unchanged, 0 orphaned in images');
    expect(stderr).toContain('OG_FUNCTION_URL is not used');
    expect((await run(args, broken)).code).toBe(0);
  });

  test.each([
    ['OG_FUNCTION_URL', 'nonsense'],
    ['OG_FUNCTION_URL', 'http://plain.example'],
    ['OG_FUNCTION_TOKEN', 'a\nb'],
    ['AWS_REGION', ''],
    ['AWS_ENDPOINT_URL_S3', 'nonsense'],
    ['AWS_PROFILE', 'nobody'],
    ['CHROME_PATH', '/none'],
    ['HTTPS_PROXY', 'nonsense'],
  ])('serve starts with %s=%j', async (name, value) => {
    const server = startCli(['serve', '--port', '0'], { cwd: blog.folder, env: { [name]: value } });
    await server.said(/Serving at (\S+),/);
    server.child.kill('SIGINT');
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test.each(['nonsense', 'http://plain.example', 'https://me:secret@host.example'])(
    'check looks at a site with OG_FUNCTION_URL=%s',
    async (value) => {
      await blog.write('site/index.html', '<html><head><title>A</title></head></html>');
      const { stderr, code } = await run(['check', 'site'], { OG_FUNCTION_URL: value });
      expect(stderr).toBe('');
      expect(code).toBe(1);
    },
  );

  test('serve starts with a configuration that calls a function without TLS', async () => {
    await blog.write('og.config.json', '{"function":"http://og.example","auth":"iam"}');
    const server = startCli(['serve', '--port', '0'], { cwd: blog.folder });
    await server.said(/Serving at (\S+),/);
    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
  });

  test('one that is used and wrong is named', async () => {
    const { code, stderr } = await run([], { OG_FUNCTION_URL: 'nonsense' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/OG_FUNCTION_URL must be the https address of the function; found "nonsense"/);
  });
});

describe('what AWS needs and is not there is named, with its cure', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' };
  const REGION = { AWS_REGION: 'eu-central-1' };
  const S3 = ['--store', 's3://bucket/images'];
  const URL = ['--function', 'https://fn.example.invalid'];
  test.each<[string, string[], Record<string, string>, RegExp, RegExp]>([
    ['no credentials', S3, REGION, /[Tt]here are no AWS credentials/, /AWS_ROLE_ARN/],
    ['no credentials', URL, REGION, /cannot be signed.*There are no AWS credentials/, /AWS_ROLE_ARN/],
    ['half a pair of keys', S3, { ...REGION, AWS_ACCESS_KEY_ID: 'a' }, /is set without AWS_SECRET_ACCESS_KEY/, /Set both/],
    ['an unknown profile', S3, { AWS_PROFILE: 'nobody' }, /here is no AWS profile "nobody"/, /aws configure --profile nobody/],
    ['an unknown profile', URL, { ...REGION, AWS_PROFILE: 'nobody' }, /here is no AWS profile "nobody"/, /AWS_PROFILE/],
    ['an empty region', S3, { ...KEYS, AWS_REGION: '' }, /AWS_REGION is empty/, /Set AWS_REGION/],
    ['an empty region', URL, { ...KEYS, AWS_REGION: '' }, /AWS_REGION is empty/, /Set AWS_REGION/],
    ['no region', S3, KEYS, /[Nn]o AWS region is set/, /Set AWS_REGION/],
    ['a region that is none', S3, { ...KEYS, AWS_REGION: 'eu central' }, /AWS region is not valid/, /AWS_REGION/],
    ['an endpoint that is no address', S3, { ...KEYS, ...REGION, AWS_ENDPOINT_URL_S3: 'nonsense' }, /endpoint is not an address/, /AWS_ENDPOINT_URL_S3/],
  ])('%s (%j)', async (_what, args, env, message, hint) => {
    const { code, stderr } = await run(['plan', ...args], env);
    const [said = '', cure = ''] = stderr.slice(stderr.indexOf('✖')).split('\n  ');
    expect(said).toMatch(message);
    expect(cure).toMatch(hint);
    expect(code).toBe(3);
  }); // prettier-ignore

  test('an empty region next to a default one is none', async () => {
    const env = {
      ...KEYS,
      AWS_REGION: '',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    };
    const { stderr } = await run(['plan', ...S3], env);
    expect(stderr).toContain('the connection was refused');
  });
});

describe('a secret is not printed', () => {
  const SECRET = 'hunter2-hunter2';
  const odd = ['\n', '\r\n', ' ', 'é', '€', '\t'];
  test.each(odd.flatMap((one) => [SECRET + one, `${SECRET}${one}${SECRET}`]))(
    'of the token %j',
    async (token) => {
      const args = ['sync', '--json', '--verbose', '--function', made.url, '--auth', 'token'];
      const { code, stdout, stderr } = await run(args, { OG_FUNCTION_TOKEN: token });
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stderr).toContain('OG_FUNCTION_TOKEN holds');
      expect(stderr).not.toContain('This should not happen');
    },
  );

  test('nor by serve', async () => {
    const args = ['serve', '--port', '0', '--auth', 'token'];
    const { code, stdout, stderr } = await run(args, { OG_FUNCTION_TOKEN: `${SECRET}\n${SECRET}` });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(SECRET);
  });

  test.each(['AWS_SESSION_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'])('of %s', async (name) => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
      AWS_REGION: 'eu-central-1',
      [name]: `${SECRET}\n${SECRET}`,
    };
    const { code, stdout, stderr } = await run(['--function', made.url, '--verbose', '--json'], env);
    expect(code).toBe(3);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stderr).toContain('AWS credentials');
  });

  test('of an address that holds a password', async () => {
    const { code, stdout, stderr } = await run(['--function', `https://me:${SECRET}@og.example`, '--json']);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(SECRET);
  });
});

describe('nothing around it ends in a stack', () => {
  test('no HOME', async () => {
    const { code, stderr } = await shell('unset HOME; exec "$NODE" "$OG" plan');
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  test('a folder that was deleted', async () => {
    const { code, stdout, stderr } = await shell(
      'mkdir gone && cd gone && rmdir ../gone && exec "$NODE" "$OG" plan --json',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('does not exist any more');
    expect(stderr).not.toMatch(STACK);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  test.runIf(process.platform === 'linux').each(['plan', 'plan --json', '--version', '--help'])(
    'a full disk under the output of %s',
    async (args) => {
      const { code, stderr } = await shell(`exec "$NODE" "$OG" ${args} > /dev/full`);
      expect(code).toBe(3);
      expect(stderr).toContain('The output could not be written: there is no room left');
      expect(stderr).not.toMatch(STACK);
    },
  );

  test.runIf(process.platform === 'linux')('a full disk under the log', async () => {
    const { code, stdout } = await shell('exec "$NODE" "$OG" plan --verbose 2> /dev/full');
    expect(code).toBe(0);
    expect(stdout).toContain('1 to create');
    expect((await shell('exec "$NODE" "$OG" plan --nonsense 2> /dev/full')).code).toBe(2);
    expect((await shell('exec "$NODE" "$OG" plan > /dev/full 2>&1')).code).toBe(3);
  });

  test('a reader that goes away', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => blog.post(`p${at}`, 'x'.repeat(500))));
    const { stderr } = await shell('"$NODE" "$OG" plan | head -1');
    expect(stderr).not.toMatch(STACK);
  });

  test('a configuration that throws where nobody catches it', async () => {
    await blog.write(
      'og.config.mjs',
      'setTimeout(() => { throw new Error("later"); }, 10); await new Promise((r) => setTimeout(r, 5000)); export default {};',
    );
    const { code, stdout, stderr } = await run(['plan', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: 'later' } });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('any variables and any flags end with a known exit code and without a stack', async () => {
    const names = ['OG_FUNCTION_URL', 'OG_FUNCTION_TOKEN', 'OG_CACHE_DIR', 'XDG_CACHE_HOME', 'CHROME_PATH', 'HOME',
      'AWS_REGION', 'AWS_PROFILE', 'AWS_ENDPOINT_URL', 'AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'HTTPS_PROXY', 'NO_PROXY',
      'NO_COLOR', 'FORCE_COLOR', 'TERM', 'CI', 'TZ', 'LANG']; // prettier-ignore
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('', ' ', '/dev/null', 'http://127.0.0.1:1', 'https://a:b@c', '%'),
    );
    const args = fc.oneof(
      fc.subarray(['--json', '--verbose', '--quiet', '--no-color']),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    const storing = fc.constantFrom(
      [],
      ['--store', 's3://bucket/x'],
      ['--store', 'there'],
      ['--function', 'http://127.0.0.1:1'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), value),
        args,
        storing,
        async (env, args, storing) => {
          const clean = Object.fromEntries(
            Object.entries(env).map(([name, text]) => [name, text.replaceAll('\0', '')]),
          );
          const argv = ['plan', ...storing, ...args.map((arg) => arg.replaceAll('\0', ''))];
          const { code, stderr } = await run(argv, { AWS_MAX_ATTEMPTS: '1', ...clean });
          expect([0, 1, 2, 3]).toContain(code);
          if (!args.includes('--verbose')) expect(stderr).not.toMatch(STACK);
        },
      ),
      { numRuns: 15 },
    );
    await rm(join(blog.folder, 'there'), { recursive: true, force: true });
  }, 120_000);
});
