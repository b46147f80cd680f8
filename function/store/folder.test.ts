import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { digits, testImage } from '../testing/image.ts';
import { refusal } from '../testing/refusal.ts';
import { folderStore } from './folder.ts';
import type { Listed, Store } from './store.ts';

const run = promisify(execFile);
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

describe('a folder store', () => {
  it('keeps whole pictures that know their fingerprint, in folders as their keys say', async () => {
    const store = folderStore(join(await temporaryFolder(), 'out', 'images'));
    await store.put(testImage('posts/2024/hello.jpg', A));
    await store.put(testImage('日本語/émoji.jpg', B));
    expect(await keys(store)).toEqual(['posts/2024/hello.jpg', '日本語/émoji.jpg']);
    expect(await store.fingerprint('posts/2024/hello.jpg')).toBe(A);
    expect(await store.fingerprint('日本語/émoji.jpg')).toBe(B);
    const bytes = await readFile(join(store.address, 'posts/2024/hello.jpg'));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 12, height: 6 });
  });

  it('shows the beginning of a picture, its size, and that there is none', async () => {
    const store = folderStore(await temporaryFolder());
    await store.put(testImage('a.jpg', A));
    const bytes = await readFile(join(store.address, 'a.jpg'));
    const peek = await store.peek('a.jpg');
    expect(peek).toMatchObject({ bytes: bytes.length, cacheControl: null });
    expect(Buffer.from(peek?.head ?? []).equals(bytes)).toBe(true);
    expect(await store.peek('b.jpg')).toBeNull();
    expect(await store.peek('../a.jpg')).toBeNull();
  });

  it('gives the ETag that the listing shows, and another one after every change', async () => {
    const store = folderStore(await temporaryFolder());
    const etags = new Set<string>();
    for (const fingerprint of [A, A, B]) {
      const { etag } = await store.put(testImage('a.jpg', fingerprint));
      expect((await listed(store)).get('a.jpg')?.etag).toBe(etag);
      etags.add(etag);
    }
    const file = join(store.address, 'a.jpg');
    await writeFile(file, await readFile(file));
    etags.add((await listed(store)).get('a.jpg')?.etag ?? '');
    expect(etags.size).toBe(4);
  });

  it('is empty when the folder does not exist, and makes none for looking', async () => {
    const root = join(await temporaryFolder(), 'not-there');
    const store = folderStore(root);
    expect(await keys(store)).toEqual([]);
    expect(await store.fingerprint('a.jpg')).toBeNull();
    expect(await store.read('index.json')).toBeNull();
    expect(await store.delete(['a.jpg'])).toEqual([]);
    await expect(readdir(root)).rejects.toThrow('ENOENT');
  });

  it('does not take a picture for ours that somebody edited, or put there', async () => {
    const store = folderStore(await temporaryFolder());
    await store.put(testImage('a.jpg', A));
    const file = join(store.address, 'a.jpg');
    await writeFile(
      file,
      await sharp(await readFile(file))
        .flip()
        .jpeg()
        .toBuffer(),
    );
    await writeFile(join(store.address, 'notes.txt'), 'mine');
    await mkdir(join(store.address, 'folder.jpg'));
    expect(await store.fingerprint('a.jpg')).toBeNull();
    expect(await store.fingerprint('notes.txt')).toBeNull();
    expect(await store.fingerprint('folder.jpg')).toBeNull();
    expect(await store.fingerprint('a name with spaces.jpg')).toBeNull();
    expect(await keys(store)).toEqual(['a.jpg', 'notes.txt']);
  });

  it('knows a copy of its folder as well as itself', async () => {
    const [here, there] = [folderStore(await temporaryFolder()), folderStore(await temporaryFolder())];
    await here.put(testImage('a.jpg', A));
    await copyFile(join(here.address, 'a.jpg'), join(there.address, 'a.jpg'));
    expect(await there.fingerprint('a.jpg')).toBe(A);
  });

  it('deletes, with the folders that become empty, and spares the rest', async () => {
    const store = folderStore(await temporaryFolder());
    for (const key of ['a/b/c/1.jpg', 'a/b/2.jpg', 'x/3.jpg']) await store.put(testImage(key, A));
    await writeFile(join(store.address, 'x', 'mine.txt'), 'mine');
    expect(await store.delete(['a/b/c/1.jpg', 'a/b/2.jpg', 'x/3.jpg', 'never/was.jpg'])).toEqual([]);
    expect(await readdir(store.address)).toEqual(['x']);
    expect(await readdir(join(store.address, 'x'))).toEqual(['mine.txt']);
    await store.put(testImage('a/b/c/1.jpg', B));
    expect(await store.fingerprint('a/b/c/1.jpg')).toBe(B);
  });

  it('says which keys could not be deleted, and deletes the others', async () => {
    const store = folderStore(await temporaryFolder());
    await store.put(testImage('good.jpg', A));
    await mkdir(join(store.address, 'bad.jpg'));
    const failed = await store.delete(['bad.jpg', 'good.jpg']);
    expect(failed.map(({ key }) => key)).toEqual(['bad.jpg']);
    expect(await keys(store)).toEqual([]);
  });
});

describe('a folder store and whole files', () => {
  it('never lists what a killed run left, and removes it once it is old', async () => {
    const store = folderStore(await temporaryFolder());
    const [old, young] = ['old', 'new'].map((name) => join(store.address, `.og-sync-${name}.tmp`));
    for (const file of [old, young]) await writeFile(file!, 'half a pict');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(old!, hourAgo, hourAgo);
    expect(await keys(store)).toEqual([]);
    await store.put(testImage('a.jpg', A));
    expect((await readdir(store.address)).sort()).toEqual(['.og-sync-new.tmp', 'a.jpg']);
  });

  it('shows the old or the new picture to who reads all the while, never a part', async () => {
    const store = folderStore(await temporaryFolder());
    const file = join(store.address, 'a.jpg');
    await store.put(testImage('a.jpg', A));
    const sizes = new Set<number>();
    const done = new AbortController();
    const reader = (async () => {
      while (!done.signal.aborted) sizes.add((await readFile(file)).length);
    })();
    for (let turn = 0; turn < 50; turn += 1) await store.put(testImage('a.jpg', turn % 2 === 0 ? A : B));
    done.abort();
    await reader;
    expect([...sizes]).toEqual([(await readFile(file)).length]);
  });

  it('leaves the old picture and no rest when the process is killed in the middle of its puts', async () => {
    const root = await temporaryFolder();
    const script = `
      const { folderStore } = await import(${JSON.stringify(import.meta.resolve('./folder.ts'))});
      const { testImage: image, digits } = await import(${JSON.stringify(import.meta.resolve('../testing/image.ts'))});
      const store = folderStore(process.argv[1]);
      for (let turn = 0; ; turn += 1) {
        await store.put(image('a.jpg', digits(turn % 2 ? 'a' : 'b')));
        if (turn === 20) console.log('busy');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, root]);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = folderStore(root);
    expect(await keys(store)).toEqual(['a.jpg']);
    expect([A, B]).toContain(await store.fingerprint('a.jpg'));
  });
});

describe('a folder that cannot be written', () => {
  it('is named with the reason when a file lies in the way', async () => {
    const root = join(await temporaryFolder(), 'images');
    await writeFile(root, 'a file');
    const error = await refusal(folderStore(root).put(testImage('a.jpg', A)));
    expect(error.code).toBe('store_refused');
    expect(error.message).toContain(join(root, 'a.jpg'));
    expect(error.message).toContain('a file lies where a folder has to be');
  });

  it('is named with the reason when the name is too long, and nothing is left', async () => {
    const store = folderStore(await temporaryFolder());
    const error = await refusal(store.put(testImage(`${'long'.repeat(80)}.jpg`, A)));
    expect(error.code).toBe('invalid_key');
    expect(error.message).toContain('too long');
    expect(await readdir(store.address)).toEqual([]);
  });

  it('is named with the reason when permission is denied', async () => {
    const root = await temporaryFolder();
    await chmod(root, 0o777);
    const images = join(root, 'images');
    await mkdir(images, { mode: 0o555 });
    // Root may write everywhere, so the put is made by a user who may not.
    const { bytes } = testImage('a.jpg', A);
    const script = `
      const { folderStore } = await import(${JSON.stringify(import.meta.resolve('./folder.ts'))});
      if (process.getuid() === 0) process.setuid(65534);
      const bytes = Buffer.from('${Buffer.from(bytes).toString('base64')}', 'base64');
      const image = { key: 'a.jpg', bytes, contentType: 'image/jpeg', fingerprint: '${A}', immutable: false };
      const { code, message } = await folderStore(process.argv[1]).put(image).catch((error) => error);
      console.log(JSON.stringify({ code, message }));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, images]);
    expect(JSON.parse(stdout)).toEqual({
      code: 'store_refused',
      message: `Cannot write ${join(images, 'a.jpg')}: permission denied.`,
    });
  });
});
