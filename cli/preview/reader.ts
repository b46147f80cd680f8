/** Front matter that is read again only when its file has changed: a save costs one file, not all of them. */
import { statSync } from 'node:fs';
import { frontMatterReader } from '../scan/markdown/front-matter.ts';
import type { OpenFrontMatter, ReadFrontMatter } from '../scan/markdown/front-matter.ts';

/** Readers that share what they have read. A file that cannot be read is tried each time. */
export function rememberingReader(): OpenFrontMatter {
  const known = new Map<string, { state: string; fields: ReturnType<ReadFrontMatter> }>();
  return (onRepeated) => {
    const read = frontMatterReader(onRepeated);
    return (path) => {
      const { ino, size, mtimeMs, ctimeMs } = statSync(path);
      const state = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
      const before = known.get(path);
      if (before?.state === state) return structuredClone(before.fields);
      known.delete(path);
      const fields = read(path);
      known.set(path, { state, fields });
      return structuredClone(fields);
    };
  };
}
