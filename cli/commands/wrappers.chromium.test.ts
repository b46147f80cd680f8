/** What docs/ci.md offers to copy or to use, run in the environment that each CI documents. Chromium is real. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { startCodeInsights } from '../report/annotations/testing/code-insights.ts';
import { commandsOf } from '../report/annotations/testing/runner.ts';
import { installInto, noteNpx, runAction, runComponent, runStep } from '../testing/ci-jobs.ts';
import { makeBlog } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

const COMPONENT = 'examples/pipelines/gitlab-component.yml';
const BODY = `---\ntitle: >-\n  ${'A title of many words that no card can hold '.repeat(12).trim()}\n---\n`;

let repository: Blog;
let PATH: string;
beforeEach(async () => {
  repository = await makeBlog();
  await repository.write('blog/content/a.md', BODY);
  await repository.write('blog/package-lock.json', '{}');
  await mkdir(join(repository.folder, 'blog'), { recursive: true });
  PATH = await installInto(repository.folder);
});
afterEach(async () => {
  await repository.close();
});
const job = (env: Record<string, string>) => ({ cwd: repository.folder, env: { PATH, ...env } });
const github = () =>
  job({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: repository.folder,
    GITHUB_STEP_SUMMARY: join(repository.folder, 'summary.md'),
  });
const gitlab = () => job({ GITLAB_CI: 'true', CI_PROJECT_DIR: repository.folder });
/** What npx was called with. */
async function passed(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'npx.log'), 'utf8');
  return [...text.matchAll(/<(.*)>\n/g)].map(([, argument = '']) => argument);
}

describe('the action for GitHub', () => {
  test('makes the cards of a blog and annotates the line of the title that is cut', async () => {
    const inputs = { 'working-directory': 'blog', store: './out/images' };
    const { code, stderr } = await runAction(inputs, github());
    expect(code).toBe(0);
    expect(commandsOf(stderr)).toMatchObject([
      { name: 'warning', properties: { file: 'blog/content/a.md', line: '2' } },
    ]);
    expect(existsSync(join(repository.folder, 'blog/out/images/a.jpg'))).toBe(true);
    expect(await readFile(join(repository.folder, 'summary.md'), 'utf8')).toContain('| 1 | 1 |');
    const strict = await runAction({ ...inputs, strict: 'true', arguments: '--force' }, github());
    expect(strict.code).toBe(1);
  });

  test('passes every input on as one argument, whatever is in it', async () => {
    PATH = await noteNpx(repository.folder);
    const evil = `$(touch pwned) "; touch pwned; ' \`touch pwned\``;
    const { code } = await runAction(
      {
        'working-directory': 'blog',
        command: 'plan',
        version: '1.2.3',
        content: `one two\n${evil}`,
        pages: evil,
        'site-url': evil,
        store: evil,
        function: evil,
        inject: 'true',
        strict: 'true',
        annotations: 'false',
        arguments: `--only\n${evil}\n\n*`,
      },
      github(),
    );
    expect(code).toBe(0);
    expect(await passed(repository.folder)).toEqual([
      '--yes',
      'og-sync@1.2.3',
      'plan',
      '--content=one two',
      `--content=${evil}`,
      ...['pages', 'site-url', 'store', 'function'].map((name) => `--${name}=${evil}`),
      '--inject',
      '--no-annotations',
      '--only',
      evil,
      '*',
    ]);
    expect(existsSync(join(repository.folder, 'blog/pwned'))).toBe(false);
  });

  test('refuses another command, and a version that is none runs nothing', async () => {
    PATH = await noteNpx(repository.folder);
    const { code, stderr } = await runAction({ command: 'sync; touch pwned' }, github());
    expect([code, stderr]).toEqual([2, 'The input "command" must be sync, plan or check.\n']);
    expect(existsSync(join(repository.folder, 'npx.log'))).toBe(false);
    await expect(runAction({ comand: 'plan' }, github())).rejects.toThrow('Unexpected input');
  });
});

describe('the component for GitLab', () => {
  test('makes the cards of a blog and hands over the report', async () => {
    const ended = await runComponent(
      COMPONENT,
      { folder: 'blog', store: './out/images', job: 'cards' },
      gitlab(),
    );
    expect([ended.code, ended.jobs]).toEqual([0, ['cards']]);
    expect(ended.codeQuality).toMatchObject([
      {
        check_name: 'text_cut',
        severity: 'minor',
        location: { path: 'blog/content/a.md', lines: { begin: 2 } },
      },
    ]);
    expect(await readFile(join(repository.folder, 'npm.log'), 'utf8')).toBe('npm ci\n');
  });

  test('hands over the report also when the run fails', async () => {
    await repository.write('blog/content/b.md', '---\ndate: 2024-01-02\n---\n');
    const ended = await runComponent(COMPONENT, { folder: 'blog', command: 'plan' }, gitlab());
    expect(ended.code).toBe(1);
    expect(ended.codeQuality).toMatchObject([{ check_name: 'no_title', severity: 'major' }]);
  });

  test('passes every input on', async () => {
    PATH = await noteNpx(repository.folder);
    const inputs = {
      command: 'check',
      version: '2.0.0',
      pages: 'my pages',
      'site-url': 'https://a.example',
      store: 's3://b/c',
      arguments: '--quiet  --only *',
    };
    const { code } = await runComponent(COMPONENT, inputs, gitlab());
    expect(code).toBe(0);
    expect(await passed(repository.folder)).toEqual([
      '--yes',
      'og-sync@2.0.0',
      'check',
      '--pages=my pages',
      '--site-url=https://a.example',
      '--store=s3://b/c',
      '--quiet',
      '--only',
      '*',
    ]);
    await expect(runComponent(COMPONENT, { command: 'prune' }, gitlab())).rejects.toThrow('invalid input');
  });
});

test('the step for Bitbucket, as docs/ci.md has it, reports through the proxy of the pipeline', async () => {
  const page = await readFile(join(PACKAGE_ROOT, 'docs/ci.md'), 'utf8');
  const [, yaml = ''] = /## Bitbucket[^]*?```yaml\n([^]*?)```/.exec(page) ?? [];
  await repository.write('content/a.md', BODY);
  const service = await startCodeInsights();
  const { code } = await runStep(
    yaml,
    job({
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_WORKSPACE: 'acme',
      BITBUCKET_REPO_SLUG: 'site',
      BITBUCKET_COMMIT: '0123456789abcdef0123456789abcdef01234567',
      BITBUCKET_CLONE_DIR: repository.folder,
      BITBUCKET_GIT_HTTP_ORIGIN: 'http://bitbucket.org/acme/site',
      // Where these tests run in a pipeline themselves, its own proxy has the port.
      OG_BITBUCKET_PROXY: service.proxy,
    }),
  );
  await service.stop();
  expect([code, service.refusals]).toEqual([0, []]);
  expect(service.requests.map((request) => request.slice(0, request.indexOf(' ')))).toEqual(['PUT', 'POST']);
  const { report, annotations } = service.reports.get('og-sync-sync') ?? {};
  expect(report).toMatchObject({
    result: 'PASSED',
    link: 'http://bitbucket.org/acme/site/pipelines/results/7',
  });
  expect([...(annotations?.values() ?? [])]).toMatchObject([{ path: 'content/a.md', line: 2 }]);
});
