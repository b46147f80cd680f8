import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FunctionError } from '../../function/contract.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

// What a failure must not take away: the entry in the manifest, and the image that it names.
let made: TestFunction;
let blog: Blog;
beforeEach(async () => {
  made = await startFunction({
    before: (title) => {
      if (title.includes('BROKEN')) throw new FunctionError('render_failed', 'It broke.', '');
    },
  });
  blog = await makeBlog();
  await blog.post('a', 'Apples');
  await blog.post('b', 'Bees');
});
afterEach(async () => {
  await made.close();
  await blog.close();
});

const run = (...args: string[]) =>
  runJson([...args, '--function', made.url, '--auth', 'none'], { cwd: blog.folder });
const manifest = async () =>
  JSON.parse(await readFile(join(blog.folder, 'og.json'), 'utf8')) as Record<
    string,
    { key: string; fingerprint: string }
  >;
const configure = (key: string) => blog.write('og.config.json', JSON.stringify({ key, manifest: 'og.json' }));

describe.each(['{slug}.{ext}', '{slug}.{hash}.{ext}'])('with the key %s', (key) => {
  beforeEach(async () => {
    await configure(key);
    await run();
  });

  test('a failed update keeps the post in the manifest, with the image that is stored', async () => {
    const before = await manifest();
    await blog.post('a', 'BROKEN Apples');
    const { code, document } = await run();
    expect({ code, failed: document.summary.failed }).toEqual({ code: 1, failed: 1 });
    expect(await manifest()).toEqual(before);
    expect(await made.store.fingerprint(before['a']?.key ?? '')).toBe(before['a']?.fingerprint);
  });

  test('neither --prune nor prune takes the last image of a post whose new one failed', async () => {
    const before = await manifest();
    await blog.post('a', 'BROKEN Apples');
    await run('--prune', '--older-than', '0s', '--yes');
    await run('prune', '--older-than', '0s', '--yes');
    expect(await made.store.fingerprint(before['a']?.key ?? '')).toBe(before['a']?.fingerprint);
    expect(await manifest()).toEqual(before);
    await blog.post('a', 'Apples again');
    await run('--prune', '--older-than', '0s', '--yes');
    const now = await manifest();
    expect(now['a']?.fingerprint).not.toBe(before['a']?.fingerprint);
    expect(await made.store.fingerprint(now['a']?.key ?? '')).toBe(now['a']?.fingerprint);
  });

  test('a post whose file cannot be read for once stays in the manifest', async () => {
    const before = await manifest();
    await blog.write('content/a.md', '---\ntitle: [\n---\n');
    expect((await run()).code).toBe(1);
    expect(await manifest()).toEqual(before);
  });

  test('a post that is gone leaves it', async () => {
    await blog.remove('content/a.md');
    await run();
    expect(Object.keys(await manifest())).toEqual(['b']);
  });

  test('an image that is in no store any more leaves it, too', async () => {
    const before = await manifest();
    await made.store.delete([before['a']?.key ?? '']);
    await blog.post('a', 'BROKEN Apples');
    await run();
    expect(Object.keys(await manifest())).toEqual(['b']);
  });
});

test('a manifest that is not one is written anew', async () => {
  await configure('{slug}.{ext}');
  for (const text of ['', '[]', 'null', '{"a":1,"b":{"key":5}}', '{"a":{"key":"x"']) {
    await blog.write('og.json', text);
    await run();
    expect(Object.keys(await manifest())).toEqual(['a', 'b']);
  }
});

describe('prune --json', () => {
  test('counts what it did, and nothing that it did not do', async () => {
    await run();
    await blog.remove('content/a.md');
    await blog.post('c', 'Not made yet');
    const { document } = await run('prune', '--older-than', '0s', '--yes');
    expect(document.summary).toMatchObject({
      posts: 2, created: 0, updated: 0, unchanged: 1, orphaned: 0, deleted: 1, failed: 0,
    }); // prettier-ignore
    expect(document.images.map(({ key, action }) => [key, action])).toEqual([
      ['a.jpg', 'deleted'],
      ['b.jpg', 'unchanged'],
    ]);
  });

  test('with --dry-run counts what stays', async () => {
    await run();
    await blog.remove('content/a.md');
    const { document } = await run('prune', '--older-than', '0s', '--dry-run');
    expect(document.summary).toMatchObject({ created: 0, orphaned: 1, deleted: 0 });
  });
});
