import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { refusal } from '../testing/refusal.ts';
import { readDocument, writeDocument } from './folder-documents.ts';

const NAME = 'index.json';

describe('a private document in a folder', () => {
  it('is read as it was written, and absent before', async () => {
    const root = join(await temporaryFolder(), 'images');
    expect(await readDocument(root, NAME)).toBeNull();
    expect(await writeDocument(root, NAME, 'één', null)).toBe(true);
    expect((await readDocument(root, NAME))?.text).toBe('één');
    expect(await readdir(join(root, '.og-sync'))).toEqual([NAME]);
  });

  it('is replaced only by who has read its newest version', async () => {
    const root = await temporaryFolder();
    await writeDocument(root, NAME, 'one', null);
    const first = await readDocument(root, NAME);
    expect(await writeDocument(root, NAME, 'two', first?.etag ?? null)).toBe(true);
    expect(await writeDocument(root, NAME, 'three', first?.etag ?? null)).toBe(false);
    expect(await writeDocument(root, NAME, 'three', null)).toBe(false);
    expect((await readDocument(root, NAME))?.text).toBe('two');
  });

  it('loses no write when many read, add and write at once', async () => {
    const root = await temporaryFolder();
    async function add(word: string): Promise<void> {
      for (;;) {
        const before = await readDocument(root, NAME);
        const text = before === null ? word : `${before.text} ${word}`;
        if (await writeDocument(root, NAME, text, before?.etag ?? null)) return;
      }
    }
    const words = Array.from({ length: 12 }, (_, index) => `w${index}`);
    await Promise.all(words.map(add));
    expect((await readDocument(root, NAME))?.text.split(' ').sort()).toEqual([...words].sort());
  });

  it('is written in spite of a lock that a killed run has left', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, '.og-sync'));
    const lock = join(root, '.og-sync', `${NAME}.lock`);
    await writeFile(lock, '');
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(lock, minuteAgo, minuteAgo);
    expect(await writeDocument(root, NAME, 'one', null)).toBe(true);
    expect(await readdir(join(root, '.og-sync'))).toEqual([NAME]);
  });

  it('is not written while somebody else holds the lock', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, '.og-sync'));
    await writeFile(join(root, '.og-sync', `${NAME}.lock`), '');
    expect(await writeDocument(root, NAME, 'one', null)).toBe(false);
    expect(await readDocument(root, NAME)).toBeNull();
  });

  it('is refused with its path and the reason where a file lies in the way', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, '.og-sync'), 'a file');
    const error = await refusal(writeDocument(root, NAME, 'one', null));
    expect(error.code).toBe('store_refused');
    expect(error.message).toContain(join(root, '.og-sync', NAME));
  });
});
