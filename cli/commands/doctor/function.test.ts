import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../../function/contract.ts';
import type { DoctorSign } from '../../report/documents.ts';
import type { Fault } from '../../../function/testing/fault-proxy.ts';
import { startFunction } from '../../testing/function.ts';
import type { TestFunction, TestFunctionOptions } from '../../testing/function.ts';
import { makeBlog } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runDoctor } from './testing/doctor.ts';

// Behind the URL a renderer that draws nothing stands in for Chromium; what a real function would not answer, a proxy answers.
let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterEach(() => blog.close());

/** None is needed behind a function, and none to look for takes no time. */
const NO_BROWSER = { CHROME_PATH: '/nowhere' };

const answering = (fault: Omit<Extract<Fault, { kind: 'answer' }>, 'kind'>): TestFunctionOptions => ({
  fault: () => ({ kind: 'answer', ...fault }),
});

const described = (more: object, headers: Record<string, string> = {}): TestFunctionOptions =>
  answering({
    status: 200,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      name: 'og-sync',
      version: '0.1.0',
      chromium: null,
      store: join(blog.folder, 'images'),
      templates: { default: { digest: 'd' } },
      limits: LIMITS,
      ...more,
    }),
  });

describe('a function', () => {
  let made: TestFunction | null = null;
  afterEach(async () => {
    await made?.close();
    made = null;
  });
  const KEYS = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret-of-aws',
    AWS_REGION: 'eu-west-1',
  };
  async function diagnose(options: TestFunctionOptions, args: string[], env: Record<string, string> = {}) {
    made = await startFunction(options);
    return runDoctor(['--function', made.url, ...args], {
      cwd: blog.folder,
      env: { ...NO_BROWSER, ...env },
    });
  }
  test('that is in order is said to be', async () => {
    const { code, document, facts } = await diagnose({}, ['--auth', 'none']);
    expect({ code, failures: document.summary.failures }).toEqual({ code: 0, failures: 0 });
    expect(facts('function', 'ok').map(({ fact }) => fact)).toEqual([
      expect.stringMatching(/answers in \d/),
      expect.stringMatching(/It is og-sync .*, as here/),
      'The clock of this machine is right.',
    ]);
    // Its templates are two that draw nothing.
    expect(facts('function', 'warning')).toMatchObject([
      { fact: expect.stringMatching(/templates differ from those here: cover, default/) as string },
    ]);
    expect(facts('store', 'ok')[0]?.fact).toContain(made?.store.address);
  });

  test.each<[string, () => TestFunctionOptions, string[], string, DoctorSign, RegExp, RegExp, number]>([
    [
      'of another version',
      () => described({ version: '9.9.9' }),
      ['--auth', 'none'],
      'function',
      'warning',
      /It is og-sync 9\.9\.9, and here is/,
      /og-deploy release.*install og-sync@9\.9\.9 here/,
      0,
    ],
    [
      'that lacks the template of the configuration',
      () => described({ templates: { other: { digest: 'o' } } }),
      ['--auth', 'none'],
      'function',
      'failure',
      /has no template "default".*it has other/,
      /Deploy the function again/,
      2,
    ],
    [
      'that writes elsewhere',
      () => described({ store: '/elsewhere' }),
      ['--auth', 'none', '--store', 'images'],
      'function',
      'failure',
      /It writes to \/elsewhere, but the store of the configuration is .*images/,
      /--store/,
      2,
    ],
    [
      'that refuses us',
      () =>
        answering({
          status: 403,
          headers: { 'content-type': 'application/json' },
          body: '{"Message":"Forbidden"}',
        }),
      [],
      'function',
      'failure',
      /refused us \(403: Forbidden\)/,
      /lambda:InvokeFunctionUrl/,
      3,
    ],
    [
      'that is somebody else',
      () => answering({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hello</h1>' }),
      ['--auth', 'none'],
      'function',
      'failure',
      /not whole JSON/,
      /Check the Function URL/,
      3,
    ],
    [
      'that is ten minutes behind this clock',
      () => described({}, { date: new Date(Date.now() - 600_000).toUTCString() }),
      [],
      'function',
      'failure',
      /clock of this machine is (9 min 5\d s|10 min \d s) ahead: AWS refuses signatures/,
      /timedatectl/,
      1,
    ],
    [
      'that is ten minutes ahead of this clock',
      () => described({}, { date: new Date(Date.now() + 600_000).toUTCString() }),
      [],
      'function',
      'failure',
      /clock of this machine is (9 min 5\d s|10 min \d s) behind/,
      /timedatectl/,
      1,
    ],
    [
      'whose refusal shows that the clock is off',
      () =>
        answering({
          status: 403,
          headers: {
            'content-type': 'application/json',
            date: new Date(Date.now() - 3_600_000).toUTCString(),
          },
          body: '{"message":"Signature expired"}',
        }),
      [],
      'function',
      'failure',
      /clock of this machine is .* ahead: AWS refuses/,
      /timedatectl/,
      3,
    ],
    [
      'without signatures, for which a clock that is off hardly matters',
      () => described({}, { date: new Date(Date.now() - 600_000).toUTCString() }),
      ['--auth', 'none'],
      'function',
      'warning',
      /clock of this machine is .* ahead\.$/,
      /timedatectl/,
      0,
    ],
  ])('%s', async (_title, options, args, check, sign, fact, cure, code) => {
    const found = await diagnose(options(), args, KEYS);
    expect(found.facts(check, sign)).toContainEqual({
      sign,
      fact: expect.stringMatching(fact) as string,
      cure: expect.stringMatching(cure) as string,
    });
    expect(found.code).toBe(code);
  });

  test('makes a missing browser a warning: pictures are drawn there', async () => {
    const { code, facts } = await diagnose({}, ['--auth', 'none'], NO_BROWSER);
    expect(code).toBe(0);
    expect(facts('browser', 'warning')).toHaveLength(1);
  });
});
