import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { resolveConfig } from '../config/config.ts';
import { folderWith } from '../testing/files.ts';
import { watchFiles } from './watch.ts';

test.each([0, 5, 15, 25, 35, 45, 60])('a save in two steps, %i ms apart, is seen whole', async (gap) => {
  const folder = await folderWith({ 'content/a.md': 'before', 'cards/default/card.html': '' });
  const file = join(folder, 'content/a.md');
  const config = resolveConfig({ content: 'content', templates: 'cards' }, folder, null);
  let seen = '';
  const watching = await watchFiles({ config, templates: join(folder, 'cards') }, undefined, () => {
    void readFile(file, 'utf8').then((text) => (seen = text));
  });
  // As under load: the file is emptied, and filled when its writer has its turn again.
  await writeFile(file, '');
  await setTimeout(gap);
  await writeFile(file, 'after');
  await expect.poll(() => seen, { timeout: 2000 }).toBe('after');
  await watching.close();
});
