import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINGERPRINT_VERSION, canonicalJson, fingerprint, siteDigest } from './fingerprint.ts';
import type { FingerprintInput } from './fingerprint.ts';

const json = fc.jsonValue();

/** The same value with the members of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value, but for the normal form of its text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value).normalize('NFC'));
        expect(JSON.parse(canonicalJson(value))).toEqual(expected);
      }),
    );
  });

  it('takes composed and decomposed letters for the same', () => {
    expect(canonicalJson('e\u0301')).toBe(canonicalJson('\u00e9'));
  });

  it('leaves undefined members out, as the wire does', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it.each([[Number.NaN], [Infinity], [1n], [Symbol('s')], [() => 1]])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

const INPUT: FingerprintInput = {
  post: { slug: 'a', title: 'Hello' },
  site: { name: 'Blog' },
  template: { name: 'default', digest: 'd' },
  output: { width: 1200, height: 630, format: 'jpeg', quality: 90, maxBytes: 300_000 },
};

describe('a fingerprint', () => {
  it('stays what it was in this version: else every image of every blog is made again', () => {
    expect(FINGERPRINT_VERSION).toBe(2);
    expect(fingerprint(INPUT)).toBe('ed72ea36aee696113a345cb8b4da3bb17dc0fbbea02f39d8ecc149fd23e09c17');
  });

  it.each<[string, Partial<FingerprintInput>]>([
    ['the post', { post: { slug: 'a', title: 'Hello!' } }],
    ['the slug', { post: { slug: 'b', title: 'Hello' } }],
    ['the site', { site: { name: 'Log' } }],
    ['the name of the template', { template: { name: 'docs', digest: 'd' } }],
    ['the digest of the template', { template: { name: 'default', digest: 'e' } }],
    ['the output', { output: { ...INPUT.output, quality: 89 } }],
  ])('changes with %s', (_, change) => {
    expect(fingerprint({ ...INPUT, ...change })).not.toBe(fingerprint(INPUT));
  });

  it('does not change with what the template does not see', () => {
    const post = { ...INPUT.post, template: 'default', key: 'x.jpg', fingerprint: '0'.repeat(64) };
    expect(fingerprint({ ...INPUT, post })).toBe(fingerprint(INPUT));
  });

  it('is the same for a site that was digested before', () => {
    const site = { name: 'Blog' };
    expect(fingerprint({ ...INPUT, site: siteDigest(site) })).toBe(fingerprint({ ...INPUT, site }));
  });
});
