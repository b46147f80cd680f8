import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watch } from './watch.ts';

async function watched() {
  const outer = await mkdtemp(join(tmpdir(), 'watch-'));
  const folder = join(outer, 'templates');
  const put = async (text: string) => {
    await mkdir(join(folder, 'one'), { recursive: true });
    await writeFile(join(folder, 'one/card.html'), text);
  };
  await put('first');
  const told: unknown[] = [];
  const found = await watch(
    folder,
    () => readFile(join(folder, 'one/card.html'), 'utf8'),
    (error) => told.push(error),
  );
  onTestFinished(async () => {
    found.close();
    await rm(outer, { recursive: true });
  });
  const expectShown = async (text: string) => {
    await expect.poll(() => found.current, { timeout: 10_000 }).toBe(text);
  };
  return { outer, folder, put, told, expectShown, found };
}

it('sees a change', async () => {
  const { put, expectShown } = await watched();
  await put('second');
  await expectShown('second');
});

it.each(['the folder', 'a folder in it'])(
  'sees %s come back after it was removed, and what changes then',
  async (what) => {
    const { folder, put, told, expectShown, found } = await watched();
    await rm(what === 'the folder' ? folder : join(folder, 'one'), { recursive: true });
    await expect.poll(() => told.some((error) => error !== null), { timeout: 10_000 }).toBe(true);
    expect(found.current).toBe('first');
    await put('second');
    await expectShown('second');
    await put('third');
    await expectShown('third');
  },
);

it('sees another folder take its place, and what changes there', async () => {
  const { outer, folder, put, expectShown } = await watched();
  await mkdir(join(outer, 'other/one'), { recursive: true });
  await writeFile(join(outer, 'other/one/card.html'), 'other');
  await rename(folder, join(outer, 'old'));
  await rename(join(outer, 'other'), folder);
  await expectShown('other');
  await put('changed');
  await expectShown('changed');
});
