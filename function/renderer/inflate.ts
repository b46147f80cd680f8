/**
 * The packed Chromium → a folder that runs. `executablePath()` of the package writes straight to its final name, so a
 * second process gets ETXTBSY and a killed one leaves half a browser that every later start trusts. Here a folder
 * appears under its name only when it is whole, and says what whole means.
 */
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { access, constants, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import { z } from 'zod';
import { FunctionError } from '../contract.ts';
import { publishFolder } from '../disk/publish.ts';

/** An inflated Chromium. Paths are absolute. */
export interface Inflated {
  executable: string;
  /** The shared libraries the package brings, for systems that have none. */
  libraries: string;
  version: string;
}

const EXECUTABLE = 'chromium';
const LIBRARIES = 'lib';
const MARKER = 'complete.json';
const CHUNK = 4 << 20;
const markerSchema = z.record(z.string(), z.int().nonnegative());

function packageFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
}

/** The version of the Chromium package, known without starting or inflating anything. */
export function packagedVersion(): string {
  const manifest = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

function within(folder: string, version: string): Inflated {
  return { executable: join(folder, EXECUTABLE), libraries: join(folder, LIBRARIES), version };
}

/** Whether every file the marker lists is there in full length, and the browser may be executed. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    const marker = markerSchema.parse(JSON.parse(await readFile(join(folder, MARKER), 'utf8')));
    const found = await sizes(folder, Object.keys(marker));
    if (Object.entries(marker).some(([name, size]) => found[name] !== size)) return false;
    await access(join(folder, EXECUTABLE), constants.X_OK);
    return EXECUTABLE in marker;
  } catch {
    return false;
  }
}

async function sizes(folder: string, names: string[]): Promise<Record<string, number>> {
  const entries = names.map(async (name) => [name, (await stat(join(folder, name))).size] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function inflateInto(folder: string): Promise<void> {
  const archives = join(packageFolder(), 'bin');
  const read = (name: string) => createReadStream(join(archives, name), { highWaterMark: CHUNK });
  await Promise.all([
    pipeline(
      read('chromium.br'),
      createBrotliDecompress({ chunkSize: CHUNK }),
      createWriteStream(join(folder, EXECUTABLE), { mode: 0o755 }),
    ),
    pipeline(read('al2023.tar.br'), createBrotliDecompress({ chunkSize: CHUNK }), unpackTar(folder)),
  ]);
  const libraries = await readdir(join(folder, LIBRARIES));
  const names = [EXECUTABLE, ...libraries.map((name) => `${LIBRARIES}/${name}`)];
  await writeFile(join(folder, MARKER), JSON.stringify(await sizes(folder, names)));
}

/**
 * Makes sure that the packaged Chromium lies inflated in `cacheDir`, in a folder named by its version. A finished one is
 * taken as it is, without writing; processes that inflate at the same time end with the same folder.
 * @throws FunctionError `browser_unavailable` when it is not there and cannot be written.
 */
export async function prepareBrowser(cacheDir: string): Promise<Inflated> {
  const version = packagedVersion();
  const final = join(cacheDir, `chromium-${version}-x64`);
  try {
    await publishFolder(final, { isWhole, fill: inflateInto });
  } catch (cause) {
    throw new FunctionError(
      'browser_unavailable',
      `Chromium ${version} could not be inflated into ${final}: ${String(cause instanceof Error ? cause.message : cause)}.`,
      'It takes 210 MB: make room there, make the folder writable, or name another cache folder.',
      { cause },
    );
  }
  return within(final, version);
}
