/** Slugs and keys: what they may hold, and what becomes of the rest. Stands alone: both sides of the wire use it. */

/** S3's own limit, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;

/** What a URL holds unescaped anywhere (RFC 3986, "unreserved"), and letters, marks and digits of any script. */
const SEGMENT = /^[\p{L}\p{M}\p{N}._~-]+$/u;
const REPLACED = /[^\p{L}\p{M}\p{N}._~/\p{Cc}-]/gu;
/** Some marks and letters are drawn as nothing: a name that holds one looks like another name. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
const UNSEEN_ANYWHERE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * A path as a slug or a key has it: NFC, and each character that a file name or an address may have and a key should
 * not (space, `@`, `+`, `,`, `'`, an emoji) is one `-`. Empty, `.` and `..` segments and control codes stay:
 * `pathProblem` names them. Once is enough: the slug of a slug is itself.
 */
export function toSlug(path: string): string {
  return path.normalize('NFC').replaceAll(REPLACED, '-').replaceAll(UNSEEN_ANYWHERE, '-').normalize('NFC');
}

/**
 * Says what is wrong with a slug or a key, or null when it is sound: NFC; segments of letters, digits, `.` `_` `~` `-`
 * joined by single `/`; no empty, `.` or `..` segment; at most 1,024 bytes of UTF-8.
 */
export function pathProblem(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path !== path.normalize('NFC')) return 'it is not in Unicode normal form C';
  if (Buffer.byteLength(path) > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  for (const segment of path.split('/')) {
    if (segment === '') return 'it has an empty segment (a "/" at an end, or two in a row)';
    if (segment === '.' || segment === '..') return `it has the segment "${segment}"`;
    if (!SEGMENT.test(segment) || UNSEEN.test(segment))
      return `the segment ${JSON.stringify(segment)} has a character other than letters, digits and . _ ~ -`;
  }
  return null;
}

/** The same for a key. Browsers run what is named like a page or a script: a key ends as an image does. */
export function keyProblem(key: string): string | null {
  return (
    pathProblem(key) ??
    (/\.(?:jpe?g|png|webp)$/i.test(key) ? null : 'it ends in none of .jpg, .jpeg, .png, .webp')
  );
}

/**
 * A key as a file system may see it that takes some names for the same: without case (macOS, Windows), however accents
 * are composed (macOS), without dots at the end of a segment (Windows). Equal for two keys that may be one file.
 */
export function foldedKey(key: string): string {
  const plain = key.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
  return plain.split('/').map(withoutDots).join('/');
}

/** Not with an expression: /\.+$/ is quadratic in dots. */
function withoutDots(segment: string): string {
  let end = segment.length;
  while (segment[end - 1] === '.') end--;
  return segment.slice(0, end);
}

/** Where the page of a slug lives when nothing else is known. */
export function addressOfSlug(slug: string): string {
  return slug === 'index' ? '/' : `/${slug}/`;
}
