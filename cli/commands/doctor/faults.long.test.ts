import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoctorSign } from '../../report/documents.ts';
import { makeBlog } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runDoctor } from './testing/doctor.ts';

// The doctor is the built one and its browser is Chromium.
let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterEach(() => blog.close());
const run = (args: readonly string[] = [], env: Record<string, string> = {}) =>
  runDoctor(args, { cwd: blog.folder, env });

/** What is planted, and what must be found: the check, its sign, the fact and its cure. */
interface Planted {
  title: string;
  files?: Record<string, string>;
  args?: string[];
  env?: Record<string, string>;
  check: string;
  sign?: DoctorSign;
  fact: RegExp;
  cure: RegExp;
  code: number;
}

const BROKEN_BROWSER =
  '#!/bin/sh\necho "chrome: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2\nexit 127\n';

const HERE: Planted[] = [
  {
    title: 'no browser where CHROME_PATH says',
    env: { CHROME_PATH: '/nowhere/chrome' },
    check: 'browser',
    fact: /CHROME_PATH names \/nowhere\/chrome, which is no file that can be run/,
    cure: /Let it name a Chrome/,
    code: 1,
  },
  {
    title: 'a browser that lacks a library',
    files: { 'bin/chrome': BROKEN_BROWSER },
    env: { CHROME_PATH: 'bin/chrome' },
    check: 'browser',
    fact: /did not start: the library libnss3\.so is missing/,
    cure: /apt-get install libnss3/,
    code: 1,
  },
  {
    title: 'a browser that ends at once',
    files: { 'bin/chrome': '#!/bin/sh\nexit 3\n' },
    env: { CHROME_PATH: 'bin/chrome' },
    check: 'browser',
    fact: /did not start/,
    cure: /CHROME_PATH name another/,
    code: 1,
  },
  {
    title: 'a cache that cannot be written',
    files: { file: '' },
    env: { OG_CACHE_DIR: 'file/cache' },
    check: 'cache',
    fact: /^Cannot write into .*file\/cache: a file lies where a folder has to be, and the browser and its fonts are not in it yet\.$/,
    cure: /OG_CACHE_DIR/,
    code: 1,
  },
  {
    title: 'a temporary folder that is not there',
    env: { TMPDIR: '/proc/none' },
    check: 'platform',
    fact: /^Cannot write into the temporary folder \/proc\/none: /,
    cure: /TMPDIR/,
    code: 1,
  },
  {
    title: 'a configuration with a wrong field',
    files: { 'og.config.json': '{ "concurrencyy": 3 }' },
    check: 'config',
    fact: /og\.config\.json is wrong in 1 place:\n.*concurrencyy is not known; did you mean concurrency/,
    cure: /Correct the named fields/,
    code: 1,
  },
  {
    title: 'a configuration that throws',
    files: { 'og.config.mjs': '\nthrow new Error("not today");' },
    check: 'config',
    fact: /og\.config\.mjs:2: not today/,
    cure: /Correct the configuration/,
    code: 1,
  },
  {
    title: 'a configuration that is not read',
    files: { 'og.config.yml': 'a: b' },
    check: 'config',
    fact: /og\.config\.yml is not read/,
    cure: /og\.config\.ts/,
    code: 1,
  },
  {
    title: 'a named configuration that is not there',
    args: ['--config', 'none.json'],
    check: 'config',
    fact: /There is no configuration at .*none\.json/,
    cure: /--config/,
    code: 1,
  },
  {
    title: 'wrong usage',
    args: ['--auth', 'sometimes'],
    check: 'config',
    fact: /--auth .*found "sometimes"/,
    cure: /--help/,
    code: 2,
  },
  {
    title: 'no content',
    args: ['--content', 'posts'],
    check: 'config',
    fact: /there is no file in posts/,
    cure: /--content.*--pages/,
    code: 1,
  },
  {
    title: 'no built site',
    args: ['--pages', 'public', '--content', 'content'],
    check: 'config',
    sign: 'warning',
    fact: /There is no built site at .*public/,
    cure: /Build the site/,
    code: 0,
  },
  {
    title: 'a template that is none',
    files: { 'og.config.json': '{ "template": "fancy" }' },
    check: 'templates',
    fact: /asks for the template "fancy"/,
    cure: /cover, default/,
    code: 1,
  },
  {
    title: 'a folder without templates',
    files: { 'og.config.json': '{ "templates": "cards" }' },
    check: 'templates',
    fact: /cards/,
    cure: /./,
    code: 1,
  },
  {
    title: 'a font that is none',
    files: {
      'og.config.json': '{ "templates": "cards" }',
      'cards/one/card.html': '<p>{{ post.title }}</p>',
      'cards/one/card.css': '',
      'cards/fonts/Mine.ttf': 'not a font',
    },
    check: 'fonts',
    fact: /Mine\.ttf/,
    cure: /./,
    code: 1,
  },
  {
    title: 'a store in the place of a file',
    args: ['--store', 'content/a.md/images'],
    check: 'store',
    fact: /a file lies where a folder has to be/,
    cure: /Remove that file/,
    code: 3,
  },
  {
    title: 'a function that nobody serves',
    args: ['--function', 'http://127.0.0.1:9', '--auth', 'none'],
    check: 'function',
    fact: /http:\/\/127\.0\.0\.1:9\/? cannot be reached: no connection \(ECONNREFUSED/,
    cure: /Check the Function URL/,
    code: 3,
  },
  {
    title: 'a token that is not set',
    args: ['--function', 'http://127.0.0.1:9', '--auth', 'token'],
    check: 'function',
    fact: /OG_FUNCTION_TOKEN is not set/,
    cure: /OG_FUNCTION_TOKEN/,
    code: 2,
  },
  {
    title: 'a job of Bitbucket without a token that has to call AWS',
    args: ['--function', 'http://127.0.0.1:9'],
    env: { BITBUCKET_BUILD_NUMBER: '7' },
    check: 'ci',
    sign: 'warning',
    fact: /no OIDC token, and AWS is called/,
    cure: /oidc: true/,
    code: 3,
  },
];

test.each(HERE)('finds $title, and says what to do', async (planted) => {
  const { files = {}, args = [], env = {}, sign = 'failure' } = planted;
  for (const [name, text] of Object.entries(files)) await blog.write(name, text);
  if ('bin/chrome' in files) await chmod(join(blog.folder, 'bin/chrome'), 0o755);
  const absolute =
    env['CHROME_PATH'] === 'bin/chrome' ? { CHROME_PATH: join(blog.folder, 'bin/chrome') } : {};
  const before = await readdir(blog.folder, { recursive: true });
  const { code, facts, document, stderr } = await run(args, { ...env, ...absolute });
  expect(facts(planted.check, sign)).toContainEqual({
    sign,
    fact: expect.stringMatching(planted.fact) as string,
    cure: expect.stringMatching(planted.cure) as string,
  });
  expect({ code, stderr }).toEqual({ code: planted.code, stderr: '' });
  expect(document.checks.map(({ name }) => name)).toEqual(CHECKS);
  expect(await readdir(blog.folder, { recursive: true })).toEqual(before);
});

/** A stable order, whatever is amiss. */
const CHECKS = [
  'node',
  'platform',
  'browser',
  'fonts',
  'templates',
  'cache',
  'config',
  'store',
  'function',
  'ci',
];
