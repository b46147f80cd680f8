/** A page written whole or not at all. */
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { replaceFile } from '../../function/disk/whole.ts';
import { PostError } from '../errors.ts';

const PART = 1_048_576;

/**
 * Puts `after` in the place of `before`, the first bytes of a page: a copy under another name takes the page's place when it
 * is complete. Its mode and, where the system allows, its owner stay; a link stays a link, and what it names is written.
 * @throws PostError `unwritable` when the page is a link that leads out of `folder` or no longer begins with `before`; the
 * system's own error when it is read-only or the disk is full.
 */
export async function replaceHead(
  path: string,
  before: Buffer,
  after: Buffer,
  folder: string,
): Promise<void> {
  const file = await realpath(path);
  if (!file.startsWith((await realpath(folder)) + sep))
    throw new PostError('unwritable', `is a link that leads out of ${folder}`);
  await replaceFile(file, (temporary) => copy(file, temporary, before, after));
}

async function copy(file: string, to: string, before: Buffer, after: Buffer): Promise<void> {
  // For writing, though it is only read: who has made a page read-only does not want another in its place.
  const source = await open(file, 'r+');
  try {
    const { mode, uid, gid } = await source.stat();
    const { buffer, bytesRead } = await source.read(Buffer.alloc(before.length), 0, before.length, 0);
    if (!buffer.subarray(0, bytesRead).equals(before))
      throw new PostError('unwritable', 'was changed by somebody else meanwhile');
    const target = await open(to, 'wx', mode);
    try {
      await target.writeFile(after);
      await copyRest(source, target, before.length);
      // What the system's mask has taken away comes back. Another's page may be written, not given away.
      await target.chown(uid, gid).catch(() => undefined);
      await target.chmod(mode);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyRest(source: FileHandle, target: FileHandle, from: number): Promise<void> {
  const part = Buffer.allocUnsafe(PART);
  for (let at = from; ;) {
    const { bytesRead } = await source.read(part, 0, PART, at);
    if (bytesRead === 0) return;
    await target.writeFile(part.subarray(0, bytesRead));
    at += bytesRead;
  }
}
