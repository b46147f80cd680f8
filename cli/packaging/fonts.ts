/** Part of the build: of the font packages, the files that og-sync reads, each as its package has it and with its license. */
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'rolldown';
import { packageRoot } from '../../function/fonts/packages.ts';
import { shippedFiles, shippedPackages } from '../../function/fonts/shipped.ts';

/** Absolute paths of the license files at the top of a package. */
export function licenseFilesOf(folder: string): string[] {
  return globSync('{LICENSE,LICENCE,COPYING}*', { cwd: folder }).map((file) => join(folder, file));
}

/** Writes `fonts/<package>/…`, where the bundle looks for them. */
export function fonts(): Plugin {
  return {
    name: 'fonts',
    generateBundle() {
      const files = shippedFiles();
      for (const name of shippedPackages()) {
        const root = packageRoot(name);
        const read = files.filter((file) => file.startsWith(join(root, '/')));
        const licenses = licenseFilesOf(root);
        if (licenses.length === 0)
          throw new Error(`${name} has no license file: its fonts cannot be passed on.`);
        for (const file of new Set([...read, ...licenses])) {
          const place = relative(root, file).replaceAll('\\', '/');
          this.emitFile({ type: 'asset', fileName: `fonts/${name}/${place}`, source: readFileSync(file) });
        }
      }
    },
  };
}
