import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedKey, pathProblem, toSlug } from './slug.ts';

describe('a slug or a key', () => {
  it.each(['a', 'posts/hello', 'index', 'a.b_c~d-e', '日本語/記事', 'caf\u00e9', 'x/.hidden', '...'])(
    '%s is sound',
    (path) => expect(pathProblem(path)).toBeNull(),
  );

  it.each([
    ['', 'empty'],
    ['/a', 'empty segment'],
    ['a/', 'empty segment'],
    ['a//b', 'empty segment'],
    ['..', '".."'],
    ['a/./b', '"."'],
    ['a b', 'other than letters'],
    ['a\\b', 'other than letters'],
    ['a\u3164', 'other than letters'],
    ['a\u0000', 'other than letters'],
    ['cafe\u0301', 'normal form'],
    ['a'.repeat(1025), 'longer than 1024'],
    ['é'.repeat(513), 'longer than 1024'],
  ])('%j is refused by name', (path, reason) => {
    expect(pathProblem(path)).toContain(reason);
  });

  it('never leaves its root, whatever it is made of', () => {
    const part = fc.constantFrom('a', '..', '.', '/', '\\', '\u0000', ' ', 'é', '%2e', '~', '');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = parts.join('');
        if (pathProblem(path) !== null) return;
        expect(new URL(path, 'file:///root/x/').pathname.startsWith('/root/x/')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the slug of a name', () => {
  it.each([
    ['My first post', 'My-first-post'],
    ['c++', 'c--'],
    ['c#', 'c-'],
    ["it's, @me & you", 'it-s---me---you'],
    ['100%', '100-'],
    ['(draft) [x] {y}', '-draft---x---y-'],
    ['what?', 'what-'],
    ['a:b*c|d"e<f>g', 'a-b-c-d-e-f-g'],
    ['a\\b', 'a-b'],
    ['🚀 go', '--go'],
    ['cafe\u0301', 'café'],
    ['日本語/記事 1', '日本語/記事-1'],
    ['a\u200db\u00adc', 'a-b-c'],
    ['a\u00a0b\u3000c', 'a-b-c'],
    ['x/.hidden', 'x/.hidden'],
    ['v1.2_3~4-5', 'v1.2_3~4-5'],
  ])('%j is %j', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
    expect(pathProblem(slug)).toBeNull();
  });

  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

  it('is itself for a slug, and never refused for a character but a control code', () => {
    fc.assert(
      fc.property(names, (name) => {
        const slug = toSlug(name);
        expect(toSlug(slug)).toBe(slug);
        if (!/\p{Cc}/u.test(name)) expect(pathProblem(slug) ?? '').not.toMatch(/character|normal form/);
      }),
      { numRuns: 2000 },
    );
  });

  it('is one for a name, whatever way its accents are written', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(toSlug(name.normalize('NFD'))).toBe(toSlug(name.normalize('NFC')));
      }),
    );
  });

  it('leaves what is sound as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöüß日0-9._~/-]{0,20}$/), (path) => {
        if (pathProblem(path) === null) expect(toSlug(path)).toBe(path);
      }),
    );
  });
});

it.each([
  ['a.jpg', 'A.jpg'],
  ['Straße.jpg', 'STRASSE.jpg'],
  ['caf\u00e9.jpg', 'CAFE\u0301.jpg'],
  ['v1./a.jpg', 'v1/a.jpg'],
  ['Σίσυφος.jpg', 'ΣΊΣΥΦΟΣ.jpg'],
])('%j and %j may be one file', (one, other) => {
  expect(foldedKey(one)).toBe(foldedKey(other));
});

it.each([
  ['a.jpg', 'b.jpg'],
  ['a.jpg', 'a.png'],
  ['a-b.jpg', 'a_b.jpg'],
  ['e.jpg', 'é.jpg'],
])('%j and %j are two files', (one, other) => {
  expect(foldedKey(one)).not.toBe(foldedKey(other));
});
