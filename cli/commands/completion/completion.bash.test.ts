import { expect, test } from 'vitest';
import { describeShell } from '../../testing/completion.ts';
import { folderWith } from '../../testing/files.ts';
import { runCli } from '../../testing/process.ts';
import { offered } from '../../testing/shells.ts';

describeShell('bash');

test('a folder with a space in its name stays one word in bash', async () => {
  const cwd = await folderWith({ 'a b/c': '' });
  const { stdout } = await runCli(['completion', 'bash'], { cwd });
  const asked = { cwd, words: ['og-sync', 'check', 'a'], awaited: 'a' };
  expect(await offered('bash', stdout, asked)).toBe('a b\n');
});
