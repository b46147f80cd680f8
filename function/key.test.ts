import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandKey, isHashed, keyHash, keyPatternProblem } from './key.ts';

const segment = fc.stringMatching(/^[a-z0-9_~é日-]{1,8}(\.[a-z0-9]{1,4})?$/u);
const slug = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join('/').normalize('NFC'));
const fingerprint = fc.stringMatching(/^[0-9a-f]{64}$/);
const pattern = fc.constantFrom(
  '{slug}.{ext}',
  '{slug}.{hash}.{ext}',
  '{hash}/{slug}.{ext}',
  'og/{template}/{slug}-{hash}.{ext}',
  'a.b/{slug}.{ext}',
);
const parts = fc.record({
  slug,
  fingerprint,
  template: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/),
  format: fc.constantFrom('jpeg' as const, 'png' as const),
});

describe('keyHash', () => {
  it('reads the start of the fingerprint back out of every key a hashed pattern makes, and of no other', () => {
    fc.assert(
      fc.property(pattern, parts, (pattern, parts) => {
        const hash = keyHash([pattern])(expandKey(pattern, parts));
        expect(hash).toBe(isHashed(pattern) ? parts.fingerprint.slice(0, 12) : null);
      }),
    );
  });

  it('takes the dots of a pattern for dots', () => {
    expect(keyHash(['og.{slug}.{hash}.{ext}'])('ogxa.0123456789ab.jpg')).toBeNull();
    expect(keyHash(['og.{slug}.{hash}.{ext}'])('og.a.0123456789ab.jpg')).toBe('0123456789ab');
  });

  it('finds nothing in a key of the stable style', () => {
    expect(keyHash(['{slug}.{hash}.{ext}'])('posts/hello.jpg')).toBeNull();
  });

  it('knows the keys of several patterns, and trusts no name where one of them has no hash', () => {
    const hashed = ['{slug}.{hash}.{ext}', 'tall/{hash}/{slug}.{ext}'];
    expect(keyHash(hashed)('tall/0123456789ab/a.jpg')).toBe('0123456789ab');
    expect(keyHash(hashed)('a.0123456789ab.jpg')).toBe('0123456789ab');
    expect(keyHash([...hashed, '{slug}.{ext}'])('a.0123456789ab.jpg')).toBeNull();
  });
});

describe('keyPatternProblem', () => {
  it('finds nothing wrong with a pattern that names slug and extension', () => {
    expect(keyPatternProblem('{slug}.{ext}')).toBeNull();
  });

  it.each([
    ['{slugg}.{ext}', /known are/],
    ['image.{ext}', /no \{slug\}/],
    ['{slug}.jpg', /does not end/],
    ['../{slug}.{ext}', /segment "\.\."/],
  ])('says what is wrong with %s', (pattern, problem) => {
    expect(keyPatternProblem(pattern)).toMatch(problem);
  });
});
