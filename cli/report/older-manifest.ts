/** What of an older manifest is still true where a run made no newer image. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { NamedOutput } from '../config/outputs.ts';
import type { Inventory } from '../plan/plan.ts';
import type { ManifestImage } from './manifest.ts';

/** What of an older manifest counts: which images a post had. */
const placeSchema = z.object({ key: z.string(), fingerprint: z.string() });
const entrySchema = placeSchema.extend({
  alt: z.string(),
  outputs: z
    .record(z.string(), placeSchema.nullable().catch(null))
    .catch({})
    .default({})
    .transform((places) => new Map(Object.entries(places))),
});
const manifestSchema = z.record(z.string(), entrySchema.nullable().catch(null));

/**
 * The images of the manifest that is there, as far as they are of today's outputs; none where it cannot be read. What an
 * entry says outside of `outputs` is of the first, whatever that was called.
 */
export async function readManifest(file: string, outputs: readonly NamedOutput[]): Promise<ManifestImage[]> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let entries: unknown = {};
  try {
    entries = JSON.parse(text);
  } catch {
    // It is written anew.
  }
  const parsed = manifestSchema.safeParse(entries);
  return Object.entries(parsed.data ?? {}).flatMap(([slug, entry]) =>
    outputs.flatMap(({ outputName, output }, index) => {
      const place = entry?.outputs.get(outputName ?? '') ?? (index === 0 ? entry : null);
      if (entry === null || place === null) return [];
      return [{ slug, alt: entry.alt, key: place.key, fingerprint: place.fingerprint, outputName, output }];
    }),
  );
}

/**
 * The images that a new manifest keeps of an older one, since this run made no newer: of posts whose image failed, and, when
 * files could not be read (`unread`), of posts that are not known now. Each only while the store holds it. Pure.
 */
export function stillTrue(
  before: readonly ManifestImage[],
  now: { held: Inventory; missing: readonly ManifestImage[]; slugs: ReadonlySet<string>; unread: boolean },
): ManifestImage[] {
  const known = new Map(before.map((image) => [identityOf(image), image]));
  const failed = now.missing.flatMap((image) => {
    const old = known.get(identityOf(image));
    if (old !== undefined && now.held.has(old.key)) return [old];
    const held = now.held.get(image.key);
    return held === undefined ? [] : [{ ...image, fingerprint: held.fingerprint ?? '' }];
  });
  const unread = before.filter(({ slug, key }) => !now.slugs.has(slug) && now.held.has(key));
  return now.unread ? [...failed, ...unread] : failed;
}

function identityOf({ slug, outputName }: ManifestImage): string {
  return JSON.stringify([slug, outputName]);
}
