/**
 * Makes a folder of the image's build ready to be copied as a layer: deletes the files whose names end in one of the
 * suffixes and sets all times to the epoch, so that the same content is the same layer.
 *
 *     node layer.ts FOLDER [SUFFIX…]
 *
 * A script of ours, since the base image has Node but no `find`.
 */
import { lutimesSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...suffixes] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node layer.ts FOLDER [SUFFIX…]\n');
  process.exit(2);
}

/** Entries first: deleting one changes the time of its folder. Links are changed themselves, never followed. */
function tidy(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) tidy(child);
    else if (entry.isFile() && suffixes.some((suffix) => entry.name.endsWith(suffix))) rmSync(child);
    else lutimesSync(child, 0, 0);
  }
  lutimesSync(path, 0, 0);
}

tidy(folder);
