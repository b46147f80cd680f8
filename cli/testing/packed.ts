/** The package as a blog gets it: packed by npm, and unpacked beside the dependencies that npm would install with it. */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import { z } from 'zod';
import { ROOT } from '../../function/testing/product.ts';

const run = promisify(execFile);
const tarballSchema = z.object({
  filename: z.string(),
  size: z.number(),
  files: z.array(z.object({ path: z.string() })),
});
/** A list, or an object by name: versions of npm differ. */
const packedSchema = z.array(tarballSchema).or(z.record(z.string(), tarballSchema));
/** Of a file system, bytes. */
const BLOCK = 4096;

export interface Packed {
  /** Paths of all files in the package. */
  files: string[];
  /** What a blog downloads of the package itself, bytes. */
  tarball: number;
  /** What each package takes on a disk, bytes, by name: og-sync and all that npm installs with it. */
  installed: Map<string, number>;
}

/** Fills `node_modules` of a folder. The product must be built. */
export async function installPacked(folder: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed] = Object.values(packedSchema.parse(JSON.parse(stdout)));
  if (packed === undefined) throw new Error('npm packed nothing.');
  const own = join(folder, 'node_modules', 'og-sync');
  await mkdir(own, { recursive: true });
  const tarball = createReadStream(join(folder, packed.filename));
  await pipeline(tarball, createGunzip(), unpackTar(own, { strip: 1 }));
  const installed = new Map([['og-sync', await diskUsage(own)]]);
  for (const name of await dependencies()) {
    const place = join(folder, 'node_modules', name);
    await mkdir(join(place, '..'), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), place);
    installed.set(name, await diskUsage(join(ROOT, 'node_modules', name)));
  }
  return { files: packed.files.map(({ path }) => path), tarball: packed.size, installed };
}

/** Names of what npm would install beside the package: its dependencies and theirs, nothing that only developers have. */
async function dependencies(): Promise<Set<string>> {
  const { stdout } = await run('npm', ['ls', '--omit=dev', '--omit=peer', '--all', '--parseable'], {
    cwd: ROOT,
  });
  const root = join(ROOT, 'node_modules/');
  const paths = stdout.split('\n').filter((path) => path.startsWith(root));
  const names = paths.map((path) => path.slice(root.length));
  return new Set(names.filter((name) => !name.includes('node_modules')));
}

/** Of all files of a folder, in whole blocks, as `du` counts them. */
async function diskUsage(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(entries.map(async (entry) => (await stat(join(folder, entry))).size));
  return sizes.reduce((sum, size) => sum + Math.ceil(size / BLOCK) * BLOCK, 0);
}
