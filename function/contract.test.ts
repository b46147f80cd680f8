import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ERRORS,
  FunctionError,
  LIMITS,
  pathProblem,
  postSchema,
  requestPostSchema,
  siteSchema,
} from './contract.ts';

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

describe('a post', () => {
  const post = { slug: 'a', title: 'T' };
  const problem = (fields: Record<string, unknown>) => {
    const { error } = requestPostSchema.safeParse({ ...post, ...fields });
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  };

  it('needs a slug and a title, nothing else', () => {
    expect(postSchema.parse(post)).toEqual(post);
  });

  it('comes back in Unicode normal form C', () => {
    expect(postSchema.parse({ ...post, slug: 'cafe\u0301' }).slug).toBe('caf\u00e9');
  });

  it.each<[Record<string, unknown>, string]>([
    [{ title: '' }, 'title: must not be empty'],
    [{ title: 'x'.repeat(LIMITS.title + 1) }, 'title:'],
    [{ date: '2025-01-02 10:00' }, 'date:'],
    [{ date: '2025-01-02T10:00:00' }, 'date:'],
    [{ image: 'https://example.com/a.png' }, 'the function fetches no address'],
    [{ image: 'data:text/html;base64,AAAA' }, 'image:'],
    [
      { data: { deep: { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } } } },
      'data: may be nested 8 deep',
    ],
    [{ data: { much: 'x'.repeat(LIMITS.dataBytes) } }, 'data: may have at most'],
    [{ tags: Array.from({ length: 33 }, () => 'x') }, 'tags:'],
    [{ template: '../evil' }, 'template: must be a template name'],
    [{ fingerprint: 'abc' }, 'fingerprint: must be 64'],
    [{ colour: 'red' }, 'colour'],
  ])('%j is refused, and the field named', (fields, message) => {
    expect(problem(fields)).toContain(message);
  });

  it('may not smuggle a prototype in', () => {
    const parsed = siteSchema.parse(JSON.parse('{"__proto__":{"polluted":true},"name":"x"}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((parsed as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('the errors', () => {
  it('each have a status of HTTP, and only what may pass is tried again', () => {
    const odd = Object.entries(ERRORS).filter(
      ([, { status, retryable }]) => status < (retryable ? 500 : 400) || status > 599,
    );
    expect(odd).toEqual([]);
  });

  it('keep what caused them', () => {
    const cause = new Error('deep down');
    const error = new FunctionError('internal', 'It broke.', 'Mend it.', { cause });
    expect(error).toMatchObject({ name: 'FunctionError', status: 500, retryable: true, cause });
  });
});

const isKey = (key: string) => requestPostSchema.safeParse({ slug: 'a', title: 'A', key }).success;

describe('a key', () => {
  it.each(['a.jpg', 'a/b.jpeg', 'a.PNG', 'a.html.png', 'é/日本.jpg'])('may be %s', (key) => {
    expect(isKey(key)).toBe(true);
  });
  it.each([
    'index.html',
    'a.svg',
    'a.js',
    'a.mjs',
    'a.png.html',
    'a.jpg.js',
    'a.xml',
    'a.pdf',
    'a',
    'a.',
    'png',
    'a.jpgx',
    'a.jpg/index',
  ])('may not be %s, which a browser would take for something else', (key) => {
    expect(isKey(key)).toBe(false);
  });
});
