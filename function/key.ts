/** Key patterns: how a post's picture is named below the store's root. */
import { FunctionError } from './contract.ts';
import type { Output } from './contract.ts';
import { pathProblem } from './text/slug.ts';

export const DEFAULT_KEY = '{slug}.{ext}';
/** For images whose address is written anew with each picture: networks keep images by address. */
export const HASHED_KEY = '{slug}.{hash}.{ext}';
const EXTENSIONS: Record<Output['format'], string> = { jpeg: 'jpg', png: 'png', webp: 'webp' };
/** Whether a key may be of an image of ours: `{ext}` is the end of every pattern. */
export const IMAGE_KEY = /\.(?:jpg|png|webp)$/;
const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = new Set(['slug', 'hash', 'ext', 'template', 'output']);
/** 12 of 64 hexadecimal digits: 48 bits distinguish the versions of one slug. */
const HASH_LENGTH = 12;

export interface KeyParts {
  slug: string;
  fingerprint: string;
  template: string;
  format: Output['format'];
}

/** Says what is wrong with a key pattern, or null when it is sound. `{slug}` and `{ext}` are required. */
export function keyPatternProblem(pattern: string): string | null {
  for (const [whole, name] of pattern.matchAll(PLACEHOLDER))
    if (!KNOWN.has(name ?? '')) return `it has ${whole}; known are {slug} {hash} {ext} {template} {output}`;
  if (!pattern.includes('{slug}')) return 'it has no {slug}: all images would get one key';
  if (!pattern.endsWith('.{ext}')) return 'it does not end in .{ext}';
  return pathProblem(pattern.replaceAll(PLACEHOLDER, 'x'));
}

/** Whether the name changes with the picture. Such keys are served immutable and compared by name alone. */
export function isHashed(pattern: string): boolean {
  return pattern.includes('{hash}');
}

/**
 * The key of one picture.
 * @throws FunctionError `invalid_key` when the key breaks the rules of `pathProblem`.
 */
export function expandKey(pattern: string, parts: KeyParts): string {
  const values: Record<string, string> = {
    slug: parts.slug,
    hash: parts.fingerprint.slice(0, HASH_LENGTH),
    ext: EXTENSIONS[parts.format],
    template: parts.template,
  };
  const key = pattern.replaceAll(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
  const problem = pathProblem(key);
  if (problem !== null)
    throw new FunctionError(
      'invalid_key',
      `The key ${JSON.stringify(key)} cannot be used: ${problem}.`,
      'Change the slug, or the key pattern.',
    );
  return key;
}

/** What each part of a key may be. */
const SHAPES: Record<string, string> = {
  slug: '.+',
  hash: `[0-9a-f]{${HASH_LENGTH}}`,
  ext: '(?:jpg|png|webp)',
  template: '[a-z0-9-]+',
};

/** Reads one part back out of a key; null for a key that the pattern cannot make. */
function partOf(pattern: string, name: string): (key: string) => string | null {
  const source = pattern
    .split(PLACEHOLDER)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
      return part === name ? `(${SHAPES[part]})` : (SHAPES[part] ?? '');
    })
    .join('');
  const shape = new RegExp(`^${source}$`, 'u');
  return (key) => shape.exec(key)?.[1] ?? null;
}

/** Reads the slug back out of a key: of this picture, of an older one, or of one of another format. */
export function keySlug(pattern: string): (key: string) => string | null {
  return partOf(pattern, 'slug');
}

/**
 * For hashed patterns: reads the leading digits of the fingerprint back out of a key, null for a key that none of them can
 * make. Where one has no hash: always null, since a slug may look like a hash.
 */
export function keyHash(patterns: readonly string[]): (key: string) => string | null {
  if (!patterns.every(isHashed)) return () => null;
  const readers = patterns.map((pattern) => partOf(pattern, 'hash'));
  return (key) => {
    for (const read of readers) {
      const hash = read(key);
      if (hash !== null) return hash;
    }
    return null;
  };
}
