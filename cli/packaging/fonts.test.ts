import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFile, packageRoot } from '../../function/fonts/packages.ts';
import { shippedFiles, shippedPackages } from '../../function/fonts/shipped.ts';
import { DIST } from '../../function/testing/product.ts';

const FONTS = join(DIST, 'fonts');
let copied: string[];

beforeAll(async () => {
  const entries = await readdir(FONTS, { recursive: true, withFileTypes: true });
  copied = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
});

/** Where the build puts a file of a package. */
function placeOf(file: string): string {
  const name = shippedPackages().find((one) => file.startsWith(packageRoot(one) + sep)) ?? '';
  return join(FONTS, name, file.slice(packageRoot(name).length));
}

describe('the fonts beside the bundle', () => {
  test('are the files that are read, with the license of each package, and no other', () => {
    const wanted = new Set(shippedFiles().map(placeOf));
    expect(wanted.size).toBeGreaterThan(400);
    const others = copied.filter((file) => !wanted.has(file));
    expect([...wanted].filter((file) => !copied.includes(file))).toEqual([]);
    expect(others.filter((file) => !/LICENSE(\.txt)?$/.test(file))).toEqual([]);
  });

  test('have the bytes that their packages have: a reserved name is no name for a changed font', async () => {
    const changed: string[] = [];
    for (const file of new Set(shippedFiles()))
      if (!(await readFile(placeOf(file))).equals(await readFile(file))) changed.push(file);
    expect(changed).toEqual([]);
  });

  test.each([...new Set(shippedPackages())])(
    '%s is listed, and has its license and version',
    async (name) => {
      const license = copied.find((file) => file.startsWith(join(FONTS, name, 'LICENSE'))) ?? '';
      expect(await readFile(license, 'utf8')).toMatch(/SIL OPEN FONT LICENSE Version 1\.1/i);
      const { version } = JSON.parse(await readFile(packageFile(name, 'package.json'), 'utf8')) as {
        version: string;
      };
      expect(await readFile(join(DIST, 'LICENSES.txt'), 'utf8')).toContain(
        `\n${name} ${version} (OFL-1.1)\n`,
      );
    },
  );
});
