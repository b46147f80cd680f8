/** Fonts that lie in a folder of templates, usable by the family name they carry inside. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFont } from './coverage.ts';
import type { Face } from './face.ts';

const FONT_FILE = /\.(?:ttf|otf|woff2)$/i;

/** Whether a file name is that of a font. */
export function isFontFile(name: string): boolean {
  return FONT_FILE.test(name);
}

/** Absolute paths of the font files in a folder and below, in a fixed order; none when the folder does not exist. */
export async function fontFilesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter(isFontFile)
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Reads family, style and weights out of a font file. Throws `template_failed` when it is none. */
export async function faceOf(file: string): Promise<Face> {
  const font = await openFont(file);
  const { wght } = font.variationAxes;
  return {
    family: font.getName('preferredFamily') ?? font.familyName,
    style: font['OS/2'].fsSelection.italic ? 'italic' : 'normal',
    weight: wght === undefined ? String(font['OS/2'].usWeightClass) : `${wght.min} ${wght.max}`,
    ranges: null,
    file,
    base: true,
  };
}
