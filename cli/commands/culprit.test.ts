import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

let blog: Blog;
let made: TestFunction;
beforeAll(async () => {
  blog = await makeBlog();
  await Promise.all(Array.from({ length: 99 }, (_, at) => blog.post(`p${at}`, `Post ${at}`)));
  await blog.post('culprit', 'It kills the function');
  // A function that dies answers nothing: whoever carries the killer sees the connection end.
  made = await startFunction({
    fault: ({ body }) => (body.includes('It kills the function') ? { kind: 'reset-before' } : null),
  });
});
afterAll(async () => {
  await made.close();
  await blog.close();
});

test('of a hundred posts one kills the function each time: 99 are stored, that one is named, and the run ends with 1', async () => {
  const { code, document } = await runJson(['--function', made.url, '--auth', 'none'], { cwd: blog.folder });
  expect(code).toBe(1);
  expect(document.summary).toMatchObject({ posts: 100, created: 99, failed: 1 });
  expect(document.images.filter(({ action }) => action === 'failed')).toMatchObject([
    { slug: 'culprit', file: 'content/culprit.md', error: { code: expect.any(String) as string } },
  ]);
  expect(made.renderer.rendered).toBe(99);
}, 60_000);
