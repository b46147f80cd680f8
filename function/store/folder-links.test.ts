import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunctionError } from '../contract.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { digits, testImage } from '../testing/image.ts';
import { refusal } from '../testing/refusal.ts';
import { folderStore } from './folder.ts';
import type { Listed, Store } from './store.ts';

const A = digits('a');
const B = digits('b');

async function listed(store: Store): Promise<Map<string, Listed>> {
  const all = new Map<string, Listed>();
  for await (const one of store.list()) all.set(one.key, one);
  return all;
}

async function keys(store: Store): Promise<string[]> {
  return [...(await listed(store)).keys()].sort();
}

describe('a folder store lets nothing out', () => {
  it.each(['../a.jpg', 'a/../../b.jpg', '/etc/a.jpg', 'a//b.jpg', '.og-sync/a.jpg', '.og-sync-1.tmp', ''])(
    'refuses the key %j',
    async (key) => {
      const store = folderStore(join(await temporaryFolder(), 'images'));
      expect((await refusal(store.put(testImage(key, A)))).code).toBe('invalid_key');
      expect(await keys(store)).toEqual([]);
    },
  );

  it('follows no symbolic link out of its folder, for writing, reading, listing or deleting', async () => {
    const outside = await temporaryFolder();
    const store = folderStore(await temporaryFolder());
    const other = folderStore(outside);
    await other.put(testImage('secret.jpg', B));
    await symlink(outside, join(store.address, 'link'));
    await symlink(join(outside, 'secret.jpg'), join(store.address, 'file.jpg'));
    expect((await refusal(store.put(testImage('link/new.jpg', A)))).code).toBe('store_refused');
    expect((await refusal(store.fingerprint('link/secret.jpg'))).code).toBe('store_refused');
    expect(await store.fingerprint('file.jpg')).toBeNull();
    expect(await keys(store)).toEqual([]);
    expect((await store.delete(['link/secret.jpg'])).map(({ key }) => key)).toEqual(['link/secret.jpg']);
    expect(await keys(other)).toEqual(['secret.jpg']);
  });

  it.each([
    ['a folder', 'link', 'link/new.jpg'],
    ['a folder deep down', 'link', 'link/a/b/c/new.jpg'],
    ['a folder in a folder', 'x/link', 'x/link/a/new.jpg'],
    ['a link to a link', 'other', 'other/a/new.jpg'],
    ['the folder of the index', '.og-sync', 'index'],
  ])('makes nothing outside before it refuses: %s', async (_, link, key) => {
    const outside = await temporaryFolder();
    const store = folderStore(await temporaryFolder());
    await mkdir(join(store.address, 'x'));
    await symlink(outside, join(store.address, 'link-of-link'));
    await symlink(link === 'other' ? 'link-of-link' : outside, join(store.address, link));
    const work = async () =>
      key === 'index' ? store.write('index.json', 'x', null) : store.put(testImage(key, A));
    expect((await refusal(work())).code).toBe('store_refused');
    if (key === 'index') {
      await writeFile(join(outside, 'index.json'), 'secret');
      expect((await refusal(store.read('index.json'))).code).toBe('store_refused');
      await rm(join(outside, 'index.json'));
    }
    expect(await readdir(outside)).toEqual([]);
  });

  it('sees a link that is made while a run is under way', async () => {
    const outside = await temporaryFolder();
    const other = folderStore(outside);
    await other.put(testImage('a.jpg', B));
    const store = folderStore(await temporaryFolder());
    await store.put(testImage('f/a.jpg', A));
    expect(await store.fingerprint('f/a.jpg')).toBe(A);
    await rename(join(store.address, 'f'), join(store.address, 'g'));
    await symlink(outside, join(store.address, 'f'));
    expect((await refusal(store.put(testImage('f/new.jpg', A)))).code).toBe('store_refused');
    expect((await store.delete(['f/a.jpg'])).map(({ key }) => key)).toEqual(['f/a.jpg']);
    expect(await readdir(outside)).toEqual(['a.jpg']);
    await expect
      .poll(async () => store.fingerprint('f/a.jpg').catch((error: FunctionError) => error.code), {
        timeout: 5000,
      })
      .toBe('store_refused');
  });

  it('writes nothing outside while somebody turns a link there and back all the time', async () => {
    const outside = await temporaryFolder();
    const store = folderStore(await temporaryFolder());
    await mkdir(join(store.address, 'real'));
    const turn = async (target: string) => {
      await symlink(target, join(store.address, 'next'));
      await rename(join(store.address, 'next'), join(store.address, 'f'));
    };
    await turn('real');
    const done = new AbortController();
    const turning = (async () => {
      while (!done.signal.aborted) {
        await turn(outside);
        await turn('real');
      }
    })();
    const ends = new Set<string>();
    for (let at = 0; at < 300; at += 1)
      await store.put(testImage(`f/a/${at}.jpg`, A)).then(
        () => ends.add('stored'),
        (error: FunctionError) => ends.add(error.code),
      );
    done.abort();
    await turning;
    expect([...ends].sort()).toEqual(['store_refused', 'stored']);
    expect(await readdir(outside)).toEqual([]);
  });

  it('takes a link that stays inside for the folder it leads to', async () => {
    const store = folderStore(await temporaryFolder());
    await mkdir(join(store.address, 'real'));
    await symlink('real', join(store.address, 'link'));
    await store.put(testImage('link/a.jpg', A));
    expect(await keys(store)).toEqual(['real/a.jpg']);
  });

  it('replaces a link that lies where a picture goes, not what it points to', async () => {
    const outside = await temporaryFolder();
    const store = folderStore(await temporaryFolder());
    await writeFile(join(outside, 'secret.jpg'), 'mine');
    await symlink(join(outside, 'secret.jpg'), join(store.address, 'a.jpg'));
    await store.put(testImage('a.jpg', A));
    expect(await store.fingerprint('a.jpg')).toBe(A);
    expect(await readFile(join(outside, 'secret.jpg'), 'utf8')).toBe('mine');
  });

  it('may itself be reached through a link', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'images'));
    const store = folderStore(join(folder, 'images'));
    await store.put(testImage('a/b.jpg', A));
    expect(await keys(store)).toEqual(['a/b.jpg']);
  });
});
