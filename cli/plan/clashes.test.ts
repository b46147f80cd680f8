import { expect, test } from 'vitest';
import { caught } from '../testing/attempt.ts';
import { foldedNotice, refuseDuplicates } from './clashes.ts';

const claims = (...pairs: [file: string, key: string][]) =>
  pairs.map(([file, key]) => ({ file, key, outputName: null }));
const told = (...pairs: [file: string, key: string][]): unknown =>
  caught(() => refuseDuplicates(claims(...pairs))).error;

test('names both files of two posts with one key', () => {
  expect(
    told(['content/a.md', 'a.jpg'], ['content/b.md', 'b.jpg'], ['content/other.md', 'a.jpg']),
  ).toMatchObject({
    code: 'duplicate_key',
    exitCode: 2,
    message: 'content/a.md and content/other.md would both be stored as a.jpg.',
  });
});

test('names all posts that share a key, all at once', () => {
  expect(told(['a', 'x.jpg'], ['b', 'x.jpg'], ['c', 'x.jpg'])).toMatchObject({
    message: 'a, b and c would all be stored as x.jpg.',
  });
  expect(told(['a', 'x.jpg'], ['b', 'x.jpg'], ['c', 'y.jpg'], ['d', 'y.jpg'])).toMatchObject({
    message: '2 keys belong to more than one post each:\n  x.jpg: a, b\n  y.jpg: c, d',
  });
});

test('names the output that makes the name of one the name of another', () => {
  const clash = caught(() =>
    refuseDuplicates([
      { file: 'a.md', key: 'a-square.jpg', outputName: 'square' },
      { file: 'a-square.md', key: 'a-square.jpg', outputName: 'wide' },
    ]),
  );
  expect(clash.error).toMatchObject({
    message: 'a.md (square) and a-square.md (wide) would both be stored as a-square.jpg.',
    hint: expect.stringContaining('key') as string,
  });
});

test('a thousand shared keys are named as far as anybody reads', () => {
  const pairs = Array.from({ length: 2000 }, (_, at): [string, string] => [`f${at}`, `${at % 1000}.jpg`]);
  expect((told(...pairs) as Error).message).toMatch(/^1000 keys .*… and 500 more$/s);
});

test('has nothing against keys of their own', () => {
  expect(told(['a', 'x.jpg'], ['b', 'X.jpg'])).toBeUndefined();
});

test('reports keys that a disk may take for one', () => {
  expect(foldedNotice(claims(['a.md', 'a.jpg'], ['A.md', 'A.jpg'], ['b.md', 'b.jpg']))).toContain(
    'a.jpg (a.md) and A.jpg (A.md).',
  );
  expect(foldedNotice(claims(['a.md', 'v1./a.jpg'], ['b.md', 'v1/a.jpg']))).toContain('v1./a.jpg (a.md)');
  expect(foldedNotice(claims(['a.md', 'a.jpg'], ['b.md', 'b.jpg'], ['c.md', 'a.jpg']))).toBeNull();
});
