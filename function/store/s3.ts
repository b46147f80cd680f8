/** Images in a bucket. Each object carries its fingerprint in its metadata. */
import { FunctionError } from '../contract.ts';
import { pathProblem } from '../text/slug.ts';
import { PRIVATE } from '../disk/whole.ts';
import { isFingerprint } from './embed.ts';
import type { S3, S3Options } from './s3-client.ts';
import { s3Error, statusOf, stopped } from './s3-errors.ts';
import type { Attempt } from './s3-errors.ts';
import { plainName, unquoted, walkPages } from './s3-list.ts';
import { PEEK_BYTES } from './store.ts';
import type { Document, Image, Listed, Peek, Store } from './store.ts';

const METADATA = 'og-fingerprint';
const INTERNAL = `${PRIVATE}/`;
const DELETE_AT_ONCE = 1000;

/** A year and never asked again; or five minutes, then shown from the cache while a newer one is fetched. */
const CACHE_CONTROL = {
  immutable: 'public, max-age=31536000, immutable',
  stable: 'public, max-age=300, stale-while-revalidate=86400',
};

/** A store below `prefix` (empty, or ending in "/"). The SDK is loaded at the first request. */
export function s3Store(bucket: string, prefix: string, options: S3Options): Store {
  let connected: Promise<S3> | undefined;
  const address = `s3://${bucket}/${prefix}`;

  async function attempt<T>(
    what: Attempt,
    signal: AbortSignal | undefined,
    work: (s3: S3) => Promise<T>,
  ): Promise<T> {
    connected ??= import('./s3-client.ts').then(async ({ connectS3 }) => await connectS3(bucket, options));
    try {
      return await work(await connected);
    } catch (error) {
      throw signal?.aborted === true ? stopped(what, error) : s3Error(error, what);
    }
  }

  const on = (key: string) => `${address}${key}`;
  const Key = (key: string) => `${prefix}${key}`;
  const listing = { doing: 'list', action: 's3:ListBucket', on: address };

  async function* list(signal?: AbortSignal): AsyncGenerator<Listed> {
    const ask = (from: string | undefined) =>
      attempt(listing, signal, async (s3) => await s3.list({ prefix, from }, signal));
    for await (const { key: whole, ...rest } of walkPages(address, ask)) {
      const key = whole.slice(prefix.length);
      if (key !== '' && !key.startsWith(INTERNAL)) yield { key, ...rest };
    }
  }

  async function fingerprint(key: string, signal?: AbortSignal): Promise<string | null> {
    const what = { doing: 'read', action: 's3:GetObject', on: on(key) };
    return await attempt(what, signal, async (s3) => {
      try {
        const found = (await s3.head(Key(key), signal))[METADATA];
        return isFingerprint(found) ? found : null;
      } catch (error) {
        if (await isGone(error, key, signal)) return null;
        throw error;
      }
    });
  }

  /**
   * Whether an error says that a key is not there. To who may list this prefix only, S3 answers 403 for such a key, as it
   * does for a missing right: the listing distinguishes the two.
   */
  async function isGone(error: unknown, key: string, signal?: AbortSignal): Promise<boolean> {
    return isAbsent(error) || (statusOf(error) === 403 && !(await exists(key, signal)));
  }

  async function exists(key: string, signal?: AbortSignal): Promise<boolean> {
    const ask = async (s3: S3) => await s3.list({ prefix: Key(key), most: 1 }, signal);
    const page = await attempt(listing, signal, ask);
    return (page.Contents ?? []).some(({ Key: name = '' }) => plainName(page, name) === Key(key));
  }

  return {
    address,
    remote: true,
    list,
    fingerprint,

    async put(image: Image, signal) {
      check(image.key);
      const what = { doing: 'write', action: 's3:PutObject', on: on(image.key) };
      const input = {
        Key: Key(image.key),
        Body: image.bytes,
        ContentType: image.contentType,
        CacheControl: image.immutable ? CACHE_CONTROL.immutable : CACHE_CONTROL.stable,
        Metadata: { [METADATA]: image.fingerprint },
      };
      return await attempt(what, signal, async (s3) => ({
        etag: unquoted((await s3.put(input, signal)).etag),
      }));
    },

    async peek(key, signal, most = PEEK_BYTES): Promise<Peek | null> {
      const what = { doing: 'read', action: 's3:GetObject', on: on(key) };
      return await attempt(what, signal, async (s3) => {
        try {
          return await s3.peek(Key(key), most, signal);
        } catch (error) {
          if (await isGone(error, key, signal)) return null;
          throw error;
        }
      });
    },

    async delete(keys, signal) {
      const what = { doing: 'delete from', action: 's3:DeleteObject', on: address };
      const failed: { key: string; reason: string }[] = [];
      for (let at = 0; at < keys.length; at += DELETE_AT_ONCE) {
        const some = keys.slice(at, at + DELETE_AT_ONCE).map(Key);
        const errors = await attempt(what, signal, async (s3) => await s3.delete(some, signal));
        for (const { key, reason } of errors) failed.push({ key: key.slice(prefix.length), reason });
      }
      return failed;
    },

    async read(name, signal): Promise<Document | null> {
      const key = `${INTERNAL}${name}`;
      const what = { doing: 'read', action: 's3:GetObject', on: on(key) };
      return await attempt(what, signal, async (s3) => {
        try {
          return await s3.get(Key(key), signal);
        } catch (error) {
          if (await isGone(error, key, signal)) return null;
          throw error;
        }
      });
    },

    async write(name, text, ifMatch, signal) {
      const key = `${INTERNAL}${name}`;
      const what = { doing: 'write', action: 's3:PutObject', on: on(key) };
      const condition = ifMatch === null ? { IfNoneMatch: '*' } : { IfMatch: ifMatch };
      const input = { Key: Key(key), Body: text, ContentType: 'application/json', CacheControl: 'no-store' };
      return await attempt(what, signal, async (s3) => {
        try {
          await s3.put({ ...input, ...condition }, signal);
          return true;
        } catch (error) {
          // 412: it is another version. 409: somebody is writing right now. 404: the version to replace is gone.
          if (isAbsent(error) || statusOf(error) === 409 || statusOf(error) === 412) return false;
          throw error;
        }
      });
    },
  };
}

function check(key: string): void {
  const problem = pathProblem(key);
  if (problem === null && !key.startsWith(INTERNAL)) return;
  throw new FunctionError(
    'invalid_key',
    `The key ${JSON.stringify(key)} cannot be used: ${problem ?? `${INTERNAL} is private`}.`,
    'Change the slug, or the key pattern.',
  );
}

/** The object is not there; a bucket that is not there is another matter. */
function isAbsent(error: unknown): boolean {
  return statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket';
}
