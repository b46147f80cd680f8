import { expect, test } from 'vitest';
import { commandsOf } from '../report/annotations/testing/runner.ts';
import { makeBlog, runCli } from '../testing/process.ts';

test('a title that is cut is told at its line', async () => {
  const blog = await makeBlog();
  const title = 'A title of many words that no card can hold '.repeat(12).trim();
  await blog.write('content/a.md', `---\n# generated\ndate: 2024-01-02\ntitle: >-\n  ${title}\n---\n`);
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: blog.folder };
  const { code, stderr } = await runCli([], { cwd: blog.folder, env });
  await blog.close();
  expect(code).toBe(0);
  expect(commandsOf(stderr)).toEqual([
    {
      name: 'warning',
      properties: { file: 'content/a.md', line: '4', title: 'og-sync: text that does not fit' },
      data: expect.stringContaining('"A title of many words') as string,
    },
  ]);
});
