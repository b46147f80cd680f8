/** The packed tarball, unpacked beside its production dependencies and run as a stranger would. */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../function/testing/product.ts';

const run = promisify(execFile);
const packedSchema = z
  .array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }))
  .or(
    z.record(z.string(), z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })),
  );

let folder: string;
let packed: string[];

/** What npm would install beside the package: its dependencies and theirs, nothing that only developers have. */
async function linkDependencies(into: string): Promise<void> {
  const { stdout } = await run('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT });
  const root = join(ROOT, 'node_modules');
  const names = stdout
    .split('\n')
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length + 1))
    .filter((name) => !name.includes('node_modules'));
  for (const name of new Set(names)) {
    await mkdir(join(into, name, '..'), { recursive: true });
    await symlink(join(root, name), join(into, name));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'og-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [tarball] = Object.values(packedSchema.parse(JSON.parse(stdout)));
  packed = tarball?.files.map(({ path }) => path) ?? [];
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'og-sync'), { recursive: true });
  await pipeline(
    createReadStream(join(folder, tarball?.filename ?? '')),
    createGunzip(),
    unpackTar(join(modules, 'og-sync'), { strip: 1 }),
  );
  await linkDependencies(modules);
}, 60_000);

afterAll(async () => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds no test, no example and no source', () => {
    expect(packed.filter((path) => !/^(dist|templates|docs)\//.test(path)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(packed.filter((path) => /test|(?<!\.d)\.ts$|\.map$/.test(path))).toEqual([]);
  });

  it('holds every page that a message of it names', async () => {
    const root = join(folder, 'node_modules', 'og-sync');
    const texts = await Promise.all(
      packed
        .filter((path) => path.startsWith('dist/') && path.endsWith('.js'))
        .map((path) => readFile(join(root, path), 'utf8')),
    );
    const named = texts.flatMap((text) =>
      [...text.matchAll(/\bdocs\/[\w/.-]+\.md\b/g)].map(([page]) => page),
    );
    expect(new Set(named).size).toBeGreaterThan(3);
    expect([...new Set(named)].filter((page) => !packed.includes(page))).toEqual([]);
  });

  it('makes images of a blog whose config imports defineConfig', async () => {
    await mkdir(join(folder, 'posts'));
    for (const name of ['one', 'two', 'three'])
      await writeFile(join(folder, 'posts', `${name}.md`), `---\ntitle: Post ${name}\n---\nText.\n`);
    await writeFile(
      join(folder, 'og.config.ts'),
      `import { defineConfig, type UserConfig } from 'og-sync';
const site: UserConfig['site'] = { name: 'Packed' };
export default defineConfig({ content: 'posts/*.md', site });\n`,
    );
    const bin = join(folder, 'node_modules', 'og-sync', 'dist', 'og-sync.js');
    const { stdout } = await run(process.execPath, [bin], { cwd: folder });
    expect(stdout).toContain('3 created');
    const images = await readdir(join(folder, 'out', 'images'));
    expect(images.sort()).toEqual(['one.jpg', 'three.jpg', 'two.jpg']);
    const { width, height } = await sharp(join(folder, 'out', 'images', 'one.jpg')).metadata();
    expect([width, height]).toEqual([1200, 630]);
  });

  it('brings types that a strict TypeScript accepts', async () => {
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { module: 'nodenext', strict: true, noEmit: true, types: [] },
        files: ['og.config.ts'],
      }),
    );
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    const { stdout } = await run(tsc, ['-p', folder]);
    expect(stdout).toBe('');
  });
});
