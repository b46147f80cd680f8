/** The identity of one image: sha256 over the canonical JSON of everything that can change a pixel of it. */
import { createHash } from 'node:crypto';

/** Raised when the same input would be drawn differently by a newer og-sync: every image is then made again. */
export const FINGERPRINT_VERSION = 2;

export interface FingerprintInput {
  /** The post as it travels; `template`, `key` and `fingerprint` are left out: the template does not see them. */
  post: Readonly<Record<string, unknown>>;
  /** The site, or its `siteDigest`, which spares digesting a logo anew for each of thousands of posts. */
  site: Readonly<Record<string, unknown>> | string;
  template: { name: string; digest: string };
  output: Readonly<Record<string, unknown>>;
  /** What draws those of its scripts that og-sync's own fonts do not, in a fixed order. */
  fonts?: readonly string[] | undefined;
}

/**
 * JSON with sorted keys, no white space, NFC strings and no undefined members: equal values give equal text on every
 * machine. Follows RFC 8785 for numbers and strings, except that strings are NFC-normalised first.
 *
 * @throws TypeError for what JSON cannot hold (functions, symbols, bigints, NaN, infinities).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.normalize('NFC'));
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no place in JSON`);
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
      const members = Object.entries(value as Record<string, unknown>)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]): [string, unknown] => [name.normalize('NFC'), member])
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
    }
    default:
      throw new TypeError(`A value of type ${typeof value} has no place in JSON`);
  }
}

/** 64 hexadecimal digits that change when, and only when, the picture may change. */
export function fingerprint(input: FingerprintInput): string {
  const { template: _template, key: _key, fingerprint: _fingerprint, ...post } = input.post;
  const identity = {
    version: FINGERPRINT_VERSION,
    post,
    site: typeof input.site === 'string' ? input.site : siteDigest(input.site),
    template: input.template,
    output: input.output,
    fonts: input.fonts,
  };
  return sha256(canonicalJson(identity));
}

/** What the site adds to the identity of every image: 64 hexadecimal digits. */
export function siteDigest(site: Readonly<Record<string, unknown>>): string {
  return sha256(canonicalJson(site));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
