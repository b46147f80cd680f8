/** Links in a terminal, or their text alone: the same calls either way. */
import { pathToFileURL } from 'node:url';

/** The text as a link to the address, where links are taken. */
export type Link = (text: string, address: string) => string;

/** All that a control sequence may hold; the rest is escaped as in any address. */
const UNSAFE = /[^-a-zA-Z\d/#&.:=?%@~_]/gu;

/** OSC 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
export function createLinks(enabled: boolean): Link {
  if (!enabled) return (text) => text;
  return (text, address) => `\u001B]8;;${escaped(address)}\u0007${text}\u001B]8;;\u0007`;
}

function escaped(address: string): string {
  return address.replaceAll(UNSAFE, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

/** The address of a file or folder of this machine; null for what is none. */
export function fileAddress(path: string): string | null {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(path) ? null : pathToFileURL(path).href;
}
