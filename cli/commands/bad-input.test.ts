import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli, runJson } from '../testing/process.ts';
import type { Blog, Ended } from '../testing/process.ts';

// The function is real but for Chromium. It serves all of these tests: none of them may write into another's.
let made: TestFunction;
let blog: Blog;
beforeAll(async () => {
  made = await startFunction();
});
afterAll(() => made.close());
beforeEach(async () => {
  blog = await makeBlog();
});
afterEach(() => blog.close());

const remote = () => ['--function', made.url, '--auth', 'none'];
const run = (...args: string[]) => runCli(args, { cwd: blog.folder });
const inStore = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of made.store.list()) keys.push(key);
  return keys;
};

/** A refusal says what is wrong on stderr, prints no result, shows no stack, and leaves the folder as it was. */
function wrong(ended: Ended, code: number, ...said: string[]): string[] {
  const wrong = said
    .filter((words) => !ended.stderr.includes(words))
    .map((words) => `it never says ${words}`);
  if (ended.code !== code) wrong.push(`it ends with ${ended.code}`);
  if (ended.stdout !== '') wrong.push(`it prints ${ended.stdout}`);
  if (/^\s+at .*:\d+:\d+/m.test(ended.stderr)) wrong.push('it shows a stack');
  if (existsSync(join(blog.folder, 'out'))) wrong.push('it leaves a folder');
  return wrong.length === 0 ? [] : [...wrong, ended.stderr];
}

describe('usage', () => {
  test('an unknown flag is named, with the one that was probably meant', async () => {
    expect(wrong(await run('--fource'), 2, "'--fource'", '--force')).toEqual([]);
  });

  test('an unknown command is named, with the one that was probably meant', async () => {
    expect(wrong(await run('plann'), 2, '"plann"', 'plan')).toEqual([]);
  });

  test.each([
    ['--concurrency', 'many'],
    ['--batch', '-3'],
    ['--older-than', 'yesterday'],
  ])('%s %s is refused by name', async (flag, value) => {
    expect(wrong(await run(`${flag}=${value}`), 2, flag, value)).toEqual([]);
  });

  test('--concurrency 0 is refused by name', async () => {
    expect(wrong(await run('--concurrency', '0'), 2, '--concurrency')).toEqual([]);
  });

  test('--prune with --only is refused: the other posts would look like orphans', async () => {
    expect(wrong(await run('--prune', '--only', 'a'), 2, '--prune and --only')).toEqual([]);
  });

  test('a token that is asked for and not there is named', async () => {
    await blog.post('a', 'A');
    expect(wrong(await run('--function', made.url, '--auth', 'token'), 2, 'OG_FUNCTION_TOKEN')).toEqual([]);
  });
});

describe('configuration', () => {
  test('a file that is not there', async () => {
    expect(wrong(await run('--config', 'nope.config.ts'), 2, 'nope.config.ts')).toEqual([]);
  });

  test('a file that throws, with its line', async () => {
    await blog.write('og.config.ts', "\nthrow new Error('no luck today');\n");
    expect(wrong(await run(), 2, 'og.config.ts:2', 'no luck today')).toEqual([]);
  });

  test('a field of a wrong type, and a field that does not exist', async () => {
    await blog.write('og.config.json', '{"concurrency":"ten","contents":["x"]}');
    expect(wrong(await run(), 2, 'concurrency', '"ten"', 'contents', 'content')).toEqual([]);
  });

  test('a content glob that matches nothing', async () => {
    expect(wrong(await run('--content', 'posts/**/*.md', ...remote()), 2, 'posts/**/*.md')).toEqual([]);
  });

  test('a template that the function does not have', async () => {
    await blog.post('a', 'A');
    await blog.write('og.config.json', '{"template":"defualt"}');
    expect(wrong(await run(...remote()), 2, 'defualt', 'default')).toEqual([]);
  });
});

test('a cover that is not there costs the cover, and is reported', async () => {
  await blog.write('content/bare.md', '---\ntitle: T\nimage: ./gone.png\n---\n');
  const { code, stderr, document } = await runJson(remote(), { cwd: blog.folder });
  expect(code).toBe(0);
  expect(document.problems).toEqual([]);
  const line = document.images.find(({ slug }) => slug === 'bare');
  expect(line).toMatchObject({ action: 'created', warnings: [{ code: 'picture_left_out' }] });
  expect(line?.warnings[0]?.message).toContain('image: "./gone.png" is not there');
  expect(stderr).toMatch(/picture_left_out[^]*bare\.md.*gone\.png/);
});

describe('posts that share a key', () => {
  test.each([['plan'], ['sync'], ['prune', '--yes']])(
    'are named all at once, after the other problems: %s',
    async (...verb) => {
      for (const name of ['a b', 'a-b', 'c+', 'c#', 'good']) await blog.post(name, 'T');
      await blog.write('content/bad.md', '---\ndate: 2024-01-01\n---\n');
      const ended = await run(...verb, ...remote());
      const said = ['a-b.jpg: content/a b.md, content/a-b.md', 'c-.jpg: content/c#.md, content/c+.md'];
      expect(wrong(ended, 2, ...said, 'bad.md', 'no_title', 'og.slug')).toEqual([]);
      expect(ended.stderr.indexOf('no_title')).toBeLessThan(ended.stderr.indexOf('a-b.jpg'));
    },
  );
});

describe('what costs a part of a card', () => {
  test('a date that is none is a warning, with every run until it is corrected, and fails with --strict', async () => {
    await blog.post('dated', 'T', 'date: Last Modified\n');
    for (const action of ['created', 'unchanged']) {
      const { code, document } = await runJson(remote(), { cwd: blog.folder });
      expect(code).toBe(0);
      const image = document.images.find(({ slug }) => slug === 'dated');
      expect(image).toMatchObject({ action, warnings: [{ code: 'date_left_out' }] });
      expect(document.summary.warnings).toBe(1);
    }
    expect((await runJson([...remote(), '--strict'], { cwd: blog.folder })).code).toBe(1);
  });

  test("a template of the site's generator is a notice", async () => {
    await blog.post('templated', 'T', 'template: layouts/post.njk\n');
    const { code, stderr } = await run(...remote());
    expect(code).toBe(0);
    expect(stderr).toContain('1 post has a template that is not one of og-sync\'s ("layouts/post.njk")');
  });
});

describe('one bad file does not stop the others', () => {
  test.each([
    ['YAML that does not parse', '---\ntitle: [open\n---\n', /bad\.md/],
    ['no title', '---\ndescription: nothing else\n---\n', /bad\.md.*title/],
    ['a slug that leaves the folder', '---\ntitle: T\nslug: ../../etc/passwd\n---\n', /bad\.md.*\.\./],
    ['a template that does not exist', '---\ntitle: T\nog:\n  template: nope\n---\n', /bad\.md.*nope/],
  ])('%s', async (name, text, said) => {
    const slug = `good-${name.replaceAll(/\W+/g, '-').toLowerCase()}`;
    await blog.post(slug, 'Good');
    await blog.write('content/bad.md', text);
    const { code, stderr, document } = await runJson(remote(), { cwd: blog.folder });
    expect(code).toBe(1);
    expect(document.summary.created).toBe(1);
    expect(document.problems).toMatchObject([{ file: 'content/bad.md' }]);
    expect(document.problems[0]?.message).toMatch(said);
    expect(stderr).toMatch(said);
    expect(await inStore()).toContain(`${slug}.jpg`);
  });

  test('two files with the same broken YAML are both reported', async () => {
    for (const name of ['one', 'two']) await blog.write(`content/${name}.md`, '---\ntitle: [open\n---\n');
    await blog.post('twice-good', 'Good');
    const { code, document } = await runJson(remote(), { cwd: blog.folder });
    expect(code).toBe(1);
    expect(document.problems.map(({ file }) => file)).toEqual(['content/one.md', 'content/two.md']);
  });

  test.each(['js', 'javascript', 'JS', 'toString'])(
    'front matter in %s is not executed',
    async (language) => {
      const proof = join(blog.folder, 'executed');
      const code = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'x')`;
      await blog.write('content/evil.md', `---${language}\n{ title: ${code} }\n---\n`);
      const ended = await run(...remote());
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain('content/evil.md');
      expect(existsSync(proof)).toBe(false);
    },
  );

  test('two posts with one key are both named, before anything is made', async () => {
    await blog.post('first', 'A', 'slug: same-key\n');
    await blog.post('second', 'B', 'slug: same-key\n');
    expect(wrong(await run(...remote()), 2, 'content/first.md', 'content/second.md', 'same-key')).toEqual([]);
    expect(await inStore()).not.toContain('same-key.jpg');
  });
});

describe('what cannot be reached', () => {
  let stranger: Server;
  beforeAll(async () => {
    stranger = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Welcome</title>');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
  });
  afterAll(() => stranger.close());

  test('a Function URL that answers HTML', async () => {
    await blog.post('a', 'A');
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    expect(wrong(await run('--function', url, '--auth', 'none'), 3, url, 'Function URL')).toEqual([]);
  });

  test('a function that wants a token', async () => {
    await blog.post('a', 'A');
    const closed = await startFunction({ access: { auth: 'token', token: 'secret' } });
    expect(
      wrong(await run('--function', closed.url, '--auth', 'none'), 3, 'unauthorized', 'OG_FUNCTION_TOKEN'),
    ).toEqual([]);
    await closed.close();
  });

  test('a post in a function whose store is full of errors ends with 3 and the reason', async () => {
    await blog.post('a', 'A');
    const broken = await startFunction({
      wrap: (app) => ({
        ...app,
        render: async () => ({
          results: [
            {
              status: 'failed',
              slug: 'a',
              key: 'a.jpg',
              warnings: [],
              error: { code: 'store_refused', message: 's3:PutObject is not allowed.' },
            },
          ],
          unprocessed: [],
        }),
      }),
    });
    const ended = await run('--function', broken.url, '--auth', 'none');
    await broken.close();
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('s3:PutObject is not allowed.');
    expect(ended.stdout).toMatch(/^✖ 1 post: 0 created/);
  });
});

test('--verbose shows the stack of what went wrong, and its causes', async () => {
  await blog.write('og.config.ts', "throw new Error('no luck today');\n");
  const { stderr, code } = await run('--verbose');
  expect(code).toBe(2);
  expect(stderr).toMatch(/Caused by: Error: no luck today\n\s+at .*og\.config\.ts/);
});

test('--json prints one document even when nothing could be done', async () => {
  const { code, document, stderr } = await runJson(['--config', 'nope.ts'], { cwd: blog.folder });
  expect(code).toBe(2);
  expect(document.error).toMatchObject({ code: 'config_missing' });
  expect(document.summary).toMatchObject({ posts: 0, created: 0 });
  expect(stderr).toContain('nope.ts');
  expect(await readdir(blog.folder)).toEqual([]);
});
