/** Which characters a font file really has, from its own character map, read once and only when asked. */
import { readFile } from 'node:fs/promises';
import { FunctionError } from '../contract.ts';
import { isDeclaredFor } from './face.ts';
import type { Face } from './face.ts';

export class Coverage {
  readonly #sets = new Map<string, Promise<ReadonlySet<number>>>();

  /** Whether the face is declared for the code point and its file has a glyph. Throws `template_failed`. */
  async has(face: Face, codePoint: number): Promise<boolean> {
    return isDeclaredFor(face, codePoint) && (await this.#set(face.file)).has(codePoint);
  }

  /** Whether it draws all of them, whole or in the parts that the shaper takes a character apart into. */
  async hasAll(face: Face, codePoints: readonly number[]): Promise<boolean> {
    for (const codePoint of codePoints)
      if (!(await this.has(face, codePoint)) && !(await this.#hasParts(face, codePoint))) return false;
    return true;
  }

  async #hasParts(face: Face, codePoint: number): Promise<boolean> {
    const whole = String.fromCodePoint(codePoint);
    const parts = whole.normalize('NFD');
    if (parts === whole) return false;
    for (const part of parts) if (!(await this.has(face, part.codePointAt(0) ?? 0))) return false;
    return true;
  }

  #set(file: string): Promise<ReadonlySet<number>> {
    let set = this.#sets.get(file);
    if (set === undefined) {
      set = readCharacters(file);
      this.#sets.set(file, set);
    }
    return set;
  }
}

async function readCharacters(file: string): Promise<ReadonlySet<number>> {
  return new Set((await openFont(file)).characterSet);
}

/**
 * Opens one font file: TTF, OTF or WOFF2.
 * @throws FunctionError `template_failed`, naming the file.
 */
export async function openFont(file: string) {
  // A third of a megabyte of code, which a run with nothing to do does without.
  const { create } = await import('fontkitten');
  let font;
  try {
    font = create(await readFile(file));
  } catch (cause) {
    throw unreadable(file, (cause as Error).message, cause);
  }
  if (font.isCollection) throw unreadable(file, 'it is a collection of fonts', undefined);
  return font;
}

function unreadable(file: string, reason: string, cause: unknown): FunctionError {
  return new FunctionError(
    'template_failed',
    `The font ${file} cannot be read: ${reason}.`,
    'Fonts are single TTF, OTF or WOFF2 files: replace it or take it out of the folder.',
    { cause },
  );
}
