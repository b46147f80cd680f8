/** A page on disk, read as far as is needed. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Most heads are shorter. */
const FIRST_READ = 16_384;
/** No network reads further, by far. */
const MOST = 4_194_304;

/** What `parse` makes of the first bytes; it is given more until it answers, at the latest when there are no more. */
export type Parse<T> = (bytes: Buffer, whole: boolean) => T | null;

/**
 * A reader of pages. It is synchronous, like the one of front matter, and one buffer serves all pages: what `parse` returns must
 * not hold it.
 */
export function pageFileReader(): <T>(path: string, parse: Parse<T>) => T {
  let buffer = Buffer.allocUnsafe(FIRST_READ);
  return (path, parse) => {
    const file = openSync(path, 'r');
    try {
      let length = 0;
      for (let limit = FIRST_READ; ; limit *= 4) {
        if (buffer.length < limit) buffer = Buffer.concat([buffer], limit);
        const read = fill(file, buffer.subarray(length, limit), length);
        length += read;
        const whole = length < limit || limit >= MOST;
        const parsed = parse(buffer.subarray(0, length), whole);
        if (parsed !== null) return parsed;
        if (whole) throw new Error(`${path} was read to its end, and its parser asks for more.`);
      }
    } finally {
      closeSync(file);
    }
  };
}

/** Fewer bytes than asked for: the file ends there. */
function fill(file: number, bytes: Buffer, position: number): number {
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(file, bytes, length, bytes.length - length, position + length);
    if (count === 0) break;
    length += count;
  }
  return length;
}
