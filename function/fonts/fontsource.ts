/** A family as Fontsource packs it: many small files, each declared for a part of Unicode. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FunctionError } from '../contract.ts';
import { parseRanges } from './face.ts';
import type { Face } from './face.ts';

export interface Sliced {
  family: string;
  /** Absolute path of the package. */
  root: string;
  /** Each weight, or range of them, with the part of the file names that stands for it. */
  weights: readonly { weight: string; file: string }[];
  styles: readonly Face['style'][];
}

const slicesSchema = z.record(z.string(), z.string());
const manifestSchema = z.object({ version: z.string() });
/** `fontName` is what version 4 calls the family; some scripts have had no newer one. */
const metadataSchema = z.object({
  family: z.string().optional(),
  fontName: z.string().optional(),
  weights: z.array(z.number()).min(1),
  styles: z.array(z.enum(['normal', 'italic'])).min(1),
  variable: z.union([z.literal(false), z.record(z.string(), z.object({ min: z.string(), max: z.string() }))]),
});

/** Of a package: which part of Unicode each of its slices is declared for. */
export const SLICES = 'unicode.json';

/** Slices that many families have: letters of Europe, signs, and what Google cuts East Asian text into. */
const COMMON = /^(?:latin|cyrillic|greek|vietnamese|math|symbols|\[)/;

/** Reads a JSON file of a package. */
function readJson<Value>(root: string, file: string, schema: z.ZodType<Value>): Value {
  const path = join(root, file);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new FunctionError(
      'template_failed',
      `The font package ${root} cannot be read: ${file} is missing or not as Fontsource writes it.`,
      'Install the package anew, or remove it.',
      { cause },
    );
  }
}

/** The version of a package. Throws `template_failed` when it has none. */
export function versionOf(root: string): string {
  return readJson(root, 'package.json', manifestSchema).version;
}

/** What a package says of itself. Throws `template_failed` when it is not as Fontsource makes them. */
export function slicedFamily(root: string): Sliced {
  const { fontName = '', family = fontName, ...rest } = readJson(root, 'metadata.json', metadataSchema);
  const { weights, styles, variable } = rest;
  const shared = { family, root, styles };
  // The fixed package of a variable font says so too, and holds each weight.
  if (variable !== false && root.replaceAll('\\', '/').includes('/@fontsource-variable/')) {
    const { wght } = variable;
    const weight = wght === undefined ? '100 900' : `${wght.min} ${wght.max}`;
    return { ...shared, weights: [{ weight, file: wght === undefined ? 'standard' : 'wght' }] };
  }
  const [only, ...others] = weights;
  // One weight is declared for all, so that the browser does not smear a bold out of it.
  if (others.length === 0) return { ...shared, weights: [{ weight: '100 900', file: String(only) }] };
  return { ...shared, weights: weights.map((weight) => ({ weight: String(weight), file: String(weight) })) };
}

/**
 * All faces of a family. Only its slices are read, no font. Throws `template_failed`.
 * @param isOwn only the slices of the script that the family is made for
 */
export function slicedFaces({ family, root, weights, styles }: Sliced, isOwn = false): Face[] {
  const id = root.slice(Math.max(root.lastIndexOf('/'), root.lastIndexOf('\\')) + 1);
  const slices = Object.entries(readJson(root, SLICES, slicesSchema));
  return styles.flatMap((style) =>
    slices
      .filter(([slice]) => !isOwn || !COMMON.test(slice))
      .flatMap(([slice, ranges]) =>
        weights.map(({ weight, file }): Face => ({
          family,
          style,
          weight,
          ranges: parseRanges(ranges),
          file: join(root, `files/${id}-${slice.replaceAll(/[[\]]/g, '')}-${file}-${style}.woff2`),
          base: slice === 'latin',
        })),
      ),
  );
}
