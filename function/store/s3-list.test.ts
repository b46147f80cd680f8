import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { plainName, walkPages } from './s3-list.ts';

interface Page {
  Contents?: { Key: string }[];
  IsTruncated?: boolean;
  NextContinuationToken?: string;
  EncodingType?: 'url';
}

async function walk(
  page: (asked: number, from?: string) => Page,
): Promise<{ keys: string[]; asked: number }> {
  let asked = 0;
  const keys: string[] = [];
  const pages = walkPages('s3://b/', async (from) => page(asked++, from));
  for await (const { key } of pages) keys.push(key);
  return { keys, asked };
}

describe('a listing that does not end is ended', () => {
  it.each<[string, (asked: number) => Page, RegExp]>([
    ['the same token again', (at) => ({ Contents: [{ Key: `${at}` }], IsTruncated: true, NextContinuationToken: 'x' }), /been before/],
    ['two tokens in turn', (at) => ({ Contents: [{ Key: `${at}` }], IsTruncated: true, NextContinuationToken: `${at % 2}` }), /been before/],
    ['empty pages', (at) => ({ IsTruncated: true, NextContinuationToken: `${at}` }), /were empty/],
    ['the same page again', (at) => ({ Contents: [{ Key: 'a' }], IsTruncated: true, NextContinuationToken: `${at}` }), /same keys/],
    ['more, but not where', () => ({ Contents: [{ Key: 'a' }], IsTruncated: true }), /not where/],
    ['ever new keys', (at) => ({ Contents: [{ Key: `${at}` }], IsTruncated: true, NextContinuationToken: `${at}` }), /more than 10000 pages/],
  ])('%s', async (_what, page, why) => {
    const error = await refusal(walk(page));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toMatch(why);
    expect(error.message).toContain('s3://b/');
  }); // prettier-ignore

  it('some empty pages in between are S3 that walks over deleted keys', async () => {
    const { keys } = await walk((at) => ({
      Contents: at === 5 ? [{ Key: 'a' }] : [],
      IsTruncated: at < 10,
      ...(at < 10 && { NextContinuationToken: `${at}` }),
    }));
    expect(keys).toEqual(['a']);
  });
});

it('whatever a server says, a listing ends', async () => {
  const page = fc.record(
    {
      Contents: fc.array(fc.record({ Key: fc.string() }), { maxLength: 3 }),
      IsTruncated: fc.boolean(),
      NextContinuationToken: fc.oneof(fc.string(), fc.constantFrom('a', 'b')),
      EncodingType: fc.constant('url' as const),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 30 }), async (pages) => {
      const outcome = await walk((at) => pages[at % pages.length] ?? {}).catch(
        (error: { code: string }) => error,
      );
      if ('code' in outcome) expect(outcome.code).toBe('store_unavailable');
      else expect(outcome.asked).toBeGreaterThan(0);
    }),
  );
});

it('any name in a listing is a key, also one that was encoded badly or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(typeof plainName({ EncodingType: 'url' }, name)).toBe('string');
      if (name.isWellFormed())
        expect(plainName({ EncodingType: 'url' }, encodeURIComponent(name))).toBe(name);
      expect(plainName({}, name)).toBe(name);
    }),
  );
  expect(plainName({ EncodingType: 'url' }, '100%.jpg')).toBe('100%.jpg');
});
