import { describe, expect, it } from 'vitest';
import { ERRORS, FunctionError, LIMITS, postSchema, requestPostSchema, siteSchema } from './contract.ts';
import { toSlug } from './text/slug.ts';

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

  it('may have a slug and a key with characters of a file name: they are made sound as the CLI makes them', () => {
    const { slug, key } = requestPostSchema.parse({ ...post, slug: "it's C++ & @me, ok", key: 'a b.jpg' });
    expect([slug, key]).toEqual([toSlug("it's C++ & @me, ok"), 'a-b.jpg']);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ title: '' }, 'title: must not be empty'],
    [{ title: '\u2800\u3164\u00ad\u200b' }, 'title: must not be empty'],
    [{ address: 'posts/a' }, 'address: must begin with "/"'],
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
