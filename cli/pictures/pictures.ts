/** Pictures for cards: found, shrunk to what a card needs, and kept on disk for the next run. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { writeWhole } from '../../function/disk/whole.ts';
import { fetchPicture } from './fetch.ts';
import type { Get } from './fetch.ts';
import { SHRINK_VERSION, shrink } from './shrink.ts';
import type { Box } from './shrink.ts';
import { locate, readInside } from './locate.ts';
import type { Folders, PictureSource } from './locate.ts';

export interface PictureOptions extends Folders {
  /** Hosts from which pictures may be fetched. */
  imageHosts: readonly string[];
  /** Where shrunk pictures are kept; what cannot be kept there is made anew. */
  cacheDir: string;
  signal?: AbortSignal | undefined;
  /** Stands in for `https.get` in tests. */
  get?: Get | undefined;
}

interface PictureRequest {
  /** As the front matter or the config names it. */
  reference: string;
  /** The folder a relative one starts in. */
  base: string;
  box: Box;
}

export interface Pictures {
  /**
   * The picture as a data URI. Asked again, the same picture is answered from the disk cache, whatever has become of the
   * file: its fingerprint stays true.
   * @throws PostError when it is not there, cannot be used or may not be fetched.
   */
  load(request: PictureRequest): Promise<string>;
}

/** Pictures decoded at the same time: a photo takes some hundred MB while it is shrunk. */
const AT_ONCE = 2;

/** Opens nothing and makes no folder until a picture is asked for. */
export function createPictures(options: PictureOptions): Pictures {
  const folder = join(options.cacheDir, 'pictures');
  const limit = pLimit(AT_ONCE);
  const names = new Map<string, Promise<string>>();

  const make = async (source: PictureSource, box: Box): Promise<{ name: string; uri: string }> => {
    const bytes = await read(source, options);
    const name = createHash('sha256').update(bytes).digest('hex') + suffix(box);
    const kept = await readKept(join(folder, name));
    if (kept !== null) return { name, uri: kept };
    const uri = await limit(() => shrink(bytes, box, nameOf(source)));
    await keep(folder, name, uri);
    return { name, uri };
  };

  const remember = (identity: string, made: Promise<{ name: string }>) => {
    const name = made.then((picture) => picture.name);
    name.catch(() => names.delete(identity));
    names.set(identity, name);
  };

  return {
    async load({ reference, base, box }) {
      const source = await locate(reference, base, options);
      if (source.kind === 'inline') return (await make(source, box)).uri;
      const identity = nameOf(source) + suffix(box);
      const name = names.get(identity);
      if (name !== undefined)
        return (await readKept(join(folder, await name))) ?? (await make(source, box)).uri;
      const made = make(source, box);
      remember(identity, made);
      return (await made).uri;
    },
  };
}

function nameOf(source: PictureSource): string {
  if (source.kind === 'inline') return 'the inline picture';
  return source.kind === 'file' ? source.path : source.url.href;
}

function suffix(box: Box): string {
  return `-${box.width}x${box.height}-v${SHRINK_VERSION}`;
}

async function read(source: PictureSource, options: PictureOptions): Promise<Buffer> {
  if (source.kind === 'inline') return source.bytes;
  if (source.kind === 'file') return readInside(source.path, options);
  return fetchPicture(source.url, { hosts: options.imageHosts, signal: options.signal, get: options.get });
}

async function readKept(path: string): Promise<string | null> {
  try {
    const uri = await readFile(path, 'latin1');
    return uri.startsWith('data:image/') ? uri : null;
  } catch {
    return null;
  }
}

/** The cache saves time and no more: what cannot be kept is made again. */
async function keep(folder: string, name: string, uri: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, name), uri);
  } catch {
    // A full or read-only cache folder is no reason to fail.
  }
}
