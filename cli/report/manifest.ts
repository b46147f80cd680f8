/** The manifest: what a site's own templates need to point at the images. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../function/disk/whole.ts';
import { CliError } from '../errors.ts';
import type { Inventory } from '../plan/plan.ts';

export interface ManifestEntry {
  /** The address the image is served from; the key where no `publicUrl` is known. */
  url: string;
  key: string;
  width: number;
  height: number;
  /** Alternative text for `og:image:alt`. */
  alt: string;
  fingerprint: string;
}

/** An image that is in the store, as the manifest needs it. */
export interface ManifestImage {
  slug: string;
  alt: string;
  key: string;
  fingerprint: string;
}

/** The entries by slug, sorted, so that the file changes only where an image does. Pure. */
export function manifestOf(
  images: Iterable<ManifestImage>,
  options: { publicUrl: string | null; width: number; height: number },
): Record<string, ManifestEntry> {
  const { publicUrl, width, height } = options;
  const entries = [...images]
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    .map(({ slug, alt, key, fingerprint }): [string, ManifestEntry] => {
      return [slug, { url: imageUrl(key, publicUrl), key, width, height, alt, fingerprint }];
    });
  return Object.fromEntries(entries);
}

/** What of an older manifest counts: which image a post had. */
const entrySchema = z.object({ key: z.string(), alt: z.string(), fingerprint: z.string() });
const manifestSchema = z.record(z.string(), entrySchema.nullable().catch(null));

/** The images of the manifest that is there, by slug; none where it cannot be read. */
export async function readManifest(file: string): Promise<Map<string, ManifestImage>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let entries: unknown = {};
  try {
    entries = JSON.parse(text);
  } catch {
    // It is written anew.
  }
  const parsed = manifestSchema.safeParse(entries);
  const images = Object.entries(parsed.data ?? {}).flatMap(([slug, entry]): [string, ManifestImage][] =>
    entry === null ? [] : [[slug, { slug, alt: entry.alt, key: entry.key, fingerprint: entry.fingerprint }]],
  );
  return new Map(images);
}

/**
 * The images that a new manifest keeps of an older one, since this run made no newer: of posts whose image failed, and, when
 * files could not be read (`unread`), of posts that are not known now. Each only while the store holds it. Pure.
 */
export function stillTrue(
  before: ReadonlyMap<string, ManifestImage>,
  now: { held: Inventory; missing: readonly ManifestImage[]; slugs: ReadonlySet<string>; unread: boolean },
): ManifestImage[] {
  const failed = now.missing.flatMap((image) => {
    const old = before.get(image.slug);
    if (old !== undefined && now.held.has(old.key)) return [old];
    const { slug, alt, key } = image;
    const held = now.held.get(key);
    return held === undefined ? [] : [{ slug, alt, key, fingerprint: held.fingerprint ?? '' }];
  });
  const unread = [...before.values()].filter(({ slug, key }) => !now.slugs.has(slug) && now.held.has(key));
  return now.unread ? [...failed, ...unread] : failed;
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
