/** The command line in the environment of each CI, against stand-ins that take what the CI's documentation describes. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCodeInsights } from '../report/annotations/testing/code-insights.ts';
import type { CodeInsights } from '../report/annotations/testing/code-insights.ts';
import { commandsOf } from '../report/annotations/testing/runner.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

const TOKEN = 'a-secret-of-the-function';
let made: TestFunction;
let repository: Blog;
let cwd: string;
let service: CodeInsights | null = null;
beforeEach(async () => {
  made = await startFunction();
  repository = await makeBlog();
  cwd = join(repository.folder, 'sites/blog');
  await repository.write('sites/blog/content/good.md', '---\ntitle: Good\n---\n');
  await repository.write('sites/blog/content/undated.md', '---\ntitle: Undated\n\ndate: someday\n---\n');
  await repository.write('sites/blog/content/untitled.md', '---\ndate: 2024-01-02\n---\n');
  await repository.write(
    'sites/blog/content/evil.md',
    `---\ntitle: "x\\n::error::pwned ##[add-mask]x"\ndate: "${TOKEN}\\n::stop-commands::x"\n---\n`,
  );
});
afterEach(async () => {
  await made.close();
  await repository.close();
  await service?.stop();
  service = null;
});

const remote = () => ['--function', made.url, '--auth', 'none'];
const github = () => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_WORKSPACE: repository.folder,
  GITHUB_STEP_SUMMARY: join(repository.folder, 'summary.md'),
  OG_FUNCTION_TOKEN: TOKEN,
});
const gitlab = () => ({ GITLAB_CI: 'true', CI_PROJECT_DIR: repository.folder, OG_FUNCTION_TOKEN: TOKEN });
const bitbucket = (proxy: string) => ({
  BITBUCKET_BUILD_NUMBER: '7',
  BITBUCKET_WORKSPACE: 'acme',
  BITBUCKET_REPO_SLUG: 'site',
  BITBUCKET_COMMIT: '0123456789abcdef0123456789abcdef01234567',
  BITBUCKET_CLONE_DIR: repository.folder,
  OG_BITBUCKET_PROXY: proxy,
  OG_FUNCTION_TOKEN: TOKEN,
});
const qualityOf = async (file: string) =>
  JSON.parse(await readFile(file, 'utf8')) as { check_name: string; location: unknown }[];
const noticesOf = (stderr: string) =>
  stderr.split('\n').filter((line) => line.startsWith('Not all annotations reached '));

describe.each(['sync', 'plan'])('og-sync %s', (verb) => {
  test('on GitHub: commands on stderr, the summary of the step, and stdout is the one document', async () => {
    const ended = await runCli([verb, ...remote(), '--json'], { cwd, env: github() });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ summary: { posts: 3 } });
    expect(commandsOf(ended.stdout)).toEqual([]);
    const commands = commandsOf(ended.stderr);
    expect(commands.map(({ name, properties: { file, line } }) => [name, file, line])).toEqual([
      ['error', 'sites/blog/content/untitled.md', '1'],
      ['warning', 'sites/blog/content/evil.md', '3'],
      ['warning', 'sites/blog/content/undated.md', '4'],
    ]);
    const summary = await readFile(github().GITHUB_STEP_SUMMARY, 'utf8');
    expect(summary).toContain(`### og&#45;sync ${verb} &#40;sites/blog&#41;`);
    expect(JSON.stringify(commands) + summary).not.toContain(TOKEN);
  });

  test('on GitLab: the report in the root of the project', async () => {
    const ended = await runCli([verb, ...remote()], { cwd, env: gitlab() });
    expect(ended.code).toBe(1);
    const text = await readFile(join(repository.folder, 'gl-code-quality-report.json'), 'utf8');
    expect(text).not.toContain(TOKEN);
    expect(JSON.parse(text)).toMatchObject([
      { check_name: 'no_title', location: { path: 'sites/blog/content/untitled.md', lines: { begin: 1 } } },
      { check_name: 'date_left_out', location: { path: 'sites/blog/content/evil.md', lines: { begin: 3 } } },
      {
        check_name: 'date_left_out',
        location: { path: 'sites/blog/content/undated.md', lines: { begin: 4 } },
      },
    ]);
  });

  test('on Bitbucket: a report and its annotations, which fail nothing', async () => {
    service = await startCodeInsights();
    const args = [verb, ...remote(), '--json', '--site-url', 'https://blog.example'];
    const ended = await runCli(args, { cwd, env: bitbucket(service.proxy) });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ summary: { posts: 3 } });
    expect(service.refusals).toEqual([]);
    expect(service.requests).toHaveLength(2);
    const [found] = service.reports.values();
    expect(found?.report).toMatchObject({ title: `og-sync ${verb} (sites/blog)`, result: 'PASSED' });
    expect(found?.report.data?.at(-1)).toMatchObject({ type: 'LINK', value: { text: 'blog.example' } });
    expect([...(found?.annotations.values() ?? [])]).toMatchObject([
      { severity: 'HIGH', path: 'sites/blog/content/untitled.md', line: 1 },
      { severity: 'MEDIUM', path: 'sites/blog/content/evil.md', line: 3 },
      { severity: 'MEDIUM', path: 'sites/blog/content/undated.md', line: 4 },
    ]);
    expect(JSON.stringify([...(found?.annotations.values() ?? [])])).not.toContain(TOKEN);
  });
});

test('check tells of pages, at the lines of their tags', async () => {
  await repository.write(
    'sites/blog/public/index.html',
    '<html>\n<head>\n<title>Home</title>\n<meta property="og:image" content="/a.jpg">\n</head></html>',
  );
  const { code } = await runCli(['check', 'public', '--site-url', 'https://blog.example'], {
    cwd,
    env: gitlab(),
  });
  expect(code).toBe(1);
  const report = await qualityOf(join(repository.folder, 'gl-code-quality-report.json'));
  expect(report).toContainEqual(
    expect.objectContaining({
      check_name: 'relative_image',
      severity: 'major',
      location: { path: 'sites/blog/public/index.html', lines: { begin: 4 } },
    }),
  );
});

test('what pages and titles hold is no command of the runner, in results either', async () => {
  const page = '<html><head>\n ::stop-commands::y\n<title>##[add-mask]T</title>\n</head></html>';
  await repository.write('sites/site/p/index.html', page);
  const cwd = join(repository.folder, 'sites');
  const args = ['plan', '--pages', 'site', '--inject', '--site-url', 'https://blog.example'];
  const diff = await runCli([...args, '--verbose'], { cwd });
  expect(diff.stdout).toContain('stop-commands');
  expect(commandsOf(diff.stdout + diff.stderr)).toEqual([]);
  await repository.write('sites/site/##[add-mask]x/index.html', page);
  const { stdout } = await runCli([...args, '--json'], { cwd });
  expect(stdout).toContain('add-mask');
  expect(commandsOf(stdout)).toEqual([]);
  expect(JSON.parse(stdout)).toMatchObject({ images: expect.arrayContaining([]) as unknown });
});

test('what ends a run early is told with what was found before', async () => {
  await repository.write('sites/blog/content/twin.md', '---\ntitle: Twin\nslug: good\n---\n');
  const { code, stderr } = await runCli(remote(), { cwd, env: github() });
  expect(code).toBe(2);
  expect(commandsOf(stderr).map(({ name, properties, data }) => [name, properties['file'], data])).toEqual([
    [
      'error',
      undefined,
      expect.stringContaining('content/good.md and content/twin.md would both be stored as'),
    ],
    ['error', 'sites/blog/content/untitled.md', 'has no title'],
  ]);
});

test('--no-annotations shows nothing; --code-quality names the report', async () => {
  const off = await runCli([...remote(), '--no-annotations'], { cwd, env: { ...github() } });
  expect(commandsOf(off.stderr)).toEqual([]);
  expect(existsSync(github().GITHUB_STEP_SUMMARY)).toBe(false);
  await runCli([...remote(), '--code-quality', '../reports/og.json'], { cwd, env: gitlab() });
  expect(await qualityOf(join(repository.folder, 'sites/reports/og.json'))).toHaveLength(3);
  expect(existsSync(join(repository.folder, 'gl-code-quality-report.json'))).toBe(false);
});

test('without a CI, or in one that is not known, there are none', async () => {
  const ended = await runCli(remote(), { cwd, env: { GITHUB_ACTIONS: 'false', GITLAB_CI: '' } });
  expect(commandsOf(ended.stderr)).toEqual([]);
});

describe('a service that fails costs a line, and neither the exit code nor time:', () => {
  test.each([
    ['refuses', 403, 'it answered 403 {}'],
    ['is broken', 500, 'it answered 500 {}'],
    ['never answers', 'never', 'did not answer in time'],
  ] as const)('it %s', async (_what, answer, reason) => {
    service = await startCodeInsights(answer);
    await rm(join(cwd, 'content/untitled.md'));
    const before = performance.now();
    const ended = await runCli(remote(), { cwd, env: bitbucket(service.proxy) });
    expect(performance.now() - before).toBeLessThan(12_000);
    expect(ended.code).toBe(0);
    expect(noticesOf(ended.stderr)).toEqual([expect.stringContaining(reason)]);
    expect(service.requests).toHaveLength(1);
  });

  test('it is not there', async () => {
    await rm(join(cwd, 'content/untitled.md'));
    const ended = await runCli(remote(), { cwd, env: bitbucket('http://127.0.0.1:1') });
    expect(ended.code).toBe(0);
    expect(noticesOf(ended.stderr)).toEqual([
      expect.stringContaining('127.0.0.1:1 cannot be reached (ECONNREFUSED)'),
    ]);
  });

  test('its file cannot be written', async () => {
    await rm(join(cwd, 'content/untitled.md'));
    await mkdir(github().GITHUB_STEP_SUMMARY);
    const ended = await runCli(remote(), { cwd, env: github() });
    expect(ended.code).toBe(0);
    expect(noticesOf(ended.stderr)).toEqual([expect.stringContaining('EISDIR')]);
    expect(commandsOf(ended.stderr)).toHaveLength(2);
  });
});
