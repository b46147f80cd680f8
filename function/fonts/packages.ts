/** Where the font packages are whose files og-sync brings along. */
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from '../package.ts';

/** Below the package's root: what the build copies of each package (`cli/packaging/fonts.ts`). */
const COPIED = 'dist/fonts';

/** The bundle is JavaScript; from source, Node and Vitest run TypeScript. */
const isBundled = extname(import.meta.filename) === '.js';

/** Absolute path of a font package: beside the bundle, which has of it what is read; from source, where npm installed it. */
export function packageRoot(name: string): string {
  if (isBundled) return join(PACKAGE_ROOT, COPIED, name);
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
}

/** Absolute path of a file inside a font package. */
export function packageFile(name: string, file: string): string {
  return join(packageRoot(name), file);
}
