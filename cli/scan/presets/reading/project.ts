/** The folder of a site on disk, as presets see it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import type { Project } from '../types.ts';

/** A configuration larger than this is none. */
const MAX_BYTES = 4_000_000;

export function openProject(root: string): Project {
  const texts = new Map<string, string | null>();
  return {
    text(path) {
      let text = texts.get(path);
      if (text === undefined) texts.set(path, (text = read(join(root, path))));
      return text;
    },
    files: (...globs) =>
      glob
        .sync(globs, {
          cwd: root,
          dot: true,
          ignore: ['**/node_modules/**', '**/.git/**'],
          followSymbolicLinks: false,
        })
        .sort(),
  };
}

function read(path: string): string | null {
  try {
    const bytes = readFileSync(path);
    return bytes.length > MAX_BYTES ? null : bytes.toString('utf8');
  } catch {
    return null;
  }
}
