/** All objects below a prefix, page by page, and an end to it whatever the server says. */
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { FunctionError } from '../contract.ts';
import type { Listed } from './store.ts';

type Page = Pick<
  ListObjectsV2CommandOutput,
  'Contents' | 'EncodingType' | 'IsTruncated' | 'NextContinuationToken'
>;

/** 10 million images at 1,000 a page; more than one run can hold. */
const MOST_PAGES = 10_000;
/** S3 may send a page without keys where many were deleted lately; not so many in a row. */
const EMPTY_PAGES = 20;

/**
 * Walks through the pages that `ask` gets; keys are whole, prefix included.
 * @throws FunctionError `store_unavailable` when the listing cannot end: a token that comes again, or is missing, pages
 * without keys in a row, pages that repeat their keys, or too many pages.
 */
export async function* walkPages(
  address: string,
  ask: (from: string | undefined) => Promise<Page>,
): AsyncGenerator<Listed> {
  const tokens = new Set<string>();
  let idle = 0;
  let first: string | null = null;
  let from: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await ask(from);
    const listed = (page.Contents ?? []).map((entry) => toListed(page, entry));
    const start = listed[0]?.key ?? null;
    idle = start === null || start === first ? idle + 1 : 0;
    first = start ?? first;
    if (start !== null && idle > 0) throw endless(address, 'a page came again with the same keys');
    yield* listed;

    from = page.NextContinuationToken || undefined;
    if (from === undefined && page.IsTruncated !== true) return;
    if (from === undefined) throw endless(address, 'it says there is more, and not where it goes on');
    if (tokens.has(from)) throw endless(address, 'it goes on at a place where it has been before');
    if (idle >= EMPTY_PAGES) throw endless(address, `${EMPTY_PAGES} pages in a row were empty`);
    if (pages >= MOST_PAGES) throw endless(address, `it has more than ${MOST_PAGES} pages`);
    tokens.add(from);
  }
}

function toListed(page: Page, { Key = '', ETag = '', Size = 0, LastModified = new Date(0) }: Entry): Listed {
  return { key: plainName(page, Key), etag: unquoted(ETag), bytes: Size, modified: LastModified };
}

type Entry = NonNullable<Page['Contents']>[number];

function endless(address: string, why: string): FunctionError {
  return new FunctionError(
    'store_unavailable',
    `The listing of ${address} does not end: ${why}.`,
    'The fault is in the server at this address, or in a proxy before it; with very many images, split them into several prefixes (docs/scaling.md).',
  );
}

export function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

/** A key as it is. S3 was asked to encode names; other makes of it may not know how, and yet say that they did. */
export function plainName(page: Pick<Page, 'EncodingType'>, name: string): string {
  if (page.EncodingType !== 'url') return name;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
