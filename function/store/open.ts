/** Address → store. */
import { resolve } from 'node:path';
import { FunctionError } from '../contract.ts';
import { folderStore } from './folder.ts';
import { s3Store } from './s3.ts';
import type { S3Options } from './s3-client.ts';
import type { Store } from './store.ts';

/** Which names S3 takes is S3's business (older buckets break today's rules); no name may leave its place in a URL. */
const S3 = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]*)(?:\/(.*))?$/;
const SCHEME = /^[a-z][a-z0-9+.-]+:\/\//i;

/**
 * The store at `s3://bucket/prefix` or in a folder (a relative path starts at the working directory). Nothing is touched yet: a
 * missing bucket or a forbidden folder shows at the first use.
 *
 * @throws FunctionError `bad_request` for an address that is neither.
 */
export function openStore(address: string, options: S3Options = {}): Store {
  if (!SCHEME.test(address)) {
    if (address === '') throw badAddress(address, 'it is empty');
    return folderStore(resolve(address));
  }
  if (!address.startsWith('s3://')) throw badAddress(address, 'only s3:// and folders are known');
  const [, bucket, prefix = ''] = S3.exec(address) ?? [];
  if (bucket === undefined) throw badAddress(address, 'it has no valid bucket name');
  const segments = prefix.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '.' || segment === '..'))
    throw badAddress(address, 'its prefix has a "." or ".." segment');
  return s3Store(bucket, segments.map((segment) => `${segment}/`).join(''), options);
}

function badAddress(address: string, why: string): FunctionError {
  return new FunctionError(
    'bad_request',
    `${JSON.stringify(address)} is no address of a store: ${why}.`,
    'Write a folder, e.g. out/images, or a bucket with a prefix, e.g. s3://my-bucket/images.',
  );
}
