/** Front matter that is read again only when its file has changed: a save costs one file, not all of them. */
import { statSync } from 'node:fs';
import { frontMatterReader } from '../scan/markdown/front-matter.ts';
import type { OpenFrontMatter, ReadFrontMatter } from '../scan/markdown/front-matter.ts';

interface Known {
  /** Another one means another file. */
  state: string;
  fields: ReturnType<ReadFrontMatter>;
  /** The lines of fields that were there already. */
  repeated: readonly number[];
}

/** Readers that share what they have read. A file that cannot be read is tried each time. */
export function rememberingReader(): OpenFrontMatter {
  const known = new Map<string, Known>();
  let repeated: number[] = [];
  const read = frontMatterReader((_path, line) => repeated.push(line));
  return (onRepeated) => {
    const tell = (path: string, { fields, repeated: lines }: Known): Known['fields'] => {
      for (const line of lines) onRepeated(path, line);
      return structuredClone(fields);
    };
    return (path) => {
      const { ino, size, mtimeMs, ctimeMs } = statSync(path);
      const state = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
      const before = known.get(path);
      if (before?.state === state) return tell(path, before);
      known.delete(path);
      repeated = [];
      const now = { state, fields: read(path), repeated };
      known.set(path, now);
      return tell(path, now);
    };
  };
}
