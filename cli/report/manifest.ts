/** The manifest: what a site's own templates need to point at the images. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Output } from '../../function/contract.ts';
import { writeWhole } from '../../function/disk/whole.ts';
import type { NamedOutput } from '../config/outputs.ts';
import { CliError } from '../errors.ts';

export interface ManifestEntry {
  /** The address the image is served from; the key where no `publicUrl` is known. */
  url: string;
  key: string;
  width: number;
  height: number;
  /** Alternative text for `og:image:alt`. */
  alt: string;
  fingerprint: string;
  /** With several outputs: the image of each by its name, the first one's included. */
  outputs?: Record<string, Omit<ManifestEntry, 'alt' | 'outputs'>>;
}

/** An image that is in the store, as the manifest needs it. */
export interface ManifestImage {
  slug: string;
  alt: string;
  key: string;
  fingerprint: string;
  outputName: string | null;
  output: Pick<Output, 'width' | 'height'>;
}

type OutputName = Pick<NamedOutput, 'outputName'>;

/**
 * The entries by slug, sorted, so that the file changes only where an image does. `outputs`: those of the configuration; a
 * post without an image of the first has no entry. Pure.
 */
export function manifestOf(
  images: Iterable<ManifestImage>,
  { publicUrl, outputs }: { publicUrl: string | null; outputs: readonly OutputName[] },
): Record<string, ManifestEntry> {
  const bySlug = Map.groupBy(images, ({ slug }) => slug);
  const entries = [...bySlug.keys()].sort().flatMap((slug): [string, ManifestEntry][] => {
    const made = outputs.flatMap(({ outputName }) => {
      const image = bySlug.get(slug)?.find((one) => one.outputName === outputName);
      return image === undefined ? [] : [image];
    });
    const [first] = made;
    if (first === undefined || first.outputName !== outputs[0]?.outputName) return [];
    const { fingerprint, ...place } = placeOf(first, publicUrl);
    const entry: ManifestEntry = { ...place, alt: first.alt, fingerprint };
    if (outputs.length > 1)
      entry.outputs = Object.fromEntries(
        made.map((image) => [image.outputName ?? '', placeOf(image, publicUrl)]),
      );
    return [[slug, entry]];
  });
  return Object.fromEntries(entries);
}

function placeOf({ key, output, fingerprint }: ManifestImage, publicUrl: string | null) {
  const { width, height } = output;
  return { url: imageUrl(key, publicUrl), key, width, height, fingerprint };
}

/** The address of an image below `publicUrl`, each segment of its key percent-encoded; the key alone without one. */
export function imageUrl(key: string, publicUrl: string | null): string {
  if (publicUrl === null) return key;
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`}${path}`;
}

/**
 * Writes the manifest whole; a file that says the same already is left alone. Resolves to whether it was written.
 * @throws CliError `unwritable` that names the file.
 */
export async function writeManifest(file: string, entries: Record<string, ManifestEntry>): Promise<boolean> {
  const text = `${JSON.stringify(entries, null, 2)}\n`;
  try {
    if ((await readFile(file, 'utf8').catch(() => null)) === text) return false;
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, text);
    return true;
  } catch (cause) {
    throw new CliError(
      'unwritable',
      `The manifest cannot be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Check the rights of the folder, or set manifest to another file.',
      { cause },
    );
  }
}
