/** Where a project is, of which a generator names a folder within. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder, from this one up, that has a package.json; the folder itself where none has. */
export function packageFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return folder;
  }
}
