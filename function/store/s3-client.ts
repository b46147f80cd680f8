/** The S3 requests a store needs, with time-outs and bounded retries. The only file that loads the AWS SDK's S3 client. */
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { ListObjectsV2CommandOutput, PutObjectCommandInput, S3ClientConfig } from '@aws-sdk/client-s3';
import { refuseForeignAnswers } from './s3-answers.ts';
import { createRetryStrategy } from './s3-retry.ts';
import { PEEK_BYTES } from './store.ts';
import type { Peek } from './store.ts';
import type { OnWait } from './s3-retry.ts';

/** Where S3 is and how patient to be. All is optional: the SDK's usual environment and profiles count. Times in ms. */
export interface S3Options {
  endpoint?: string;
  region?: string | (() => Promise<string>);
  credentials?: NonNullable<S3ClientConfig['credentials']>;
  connectionTimeoutMs?: number;
  /** Until the answer begins. */
  requestTimeoutMs?: number;
  /** One call with all its retries: no call of a store takes longer. */
  totalTimeoutMs?: number;
  maxAttempts?: number;
  /** Through a proxy, where one is to be used. */
  agents?: { httpAgent: HttpAgent; httpsAgent: HttpsAgent } | undefined;
  /** As long as S3 asks to slow down, a request is tried again for this long. */
  busyMs?: number;
  /** Called before each wait. */
  onWait?: OnWait;
  /** Once aborted, nothing is waited for any more: what is under way is finished, and what fails then has failed. */
  noWaitAfter?: AbortSignal;
}

export interface S3 {
  put(input: PutInput, signal?: AbortSignal): Promise<{ etag: string }>;
  head(key: string, signal?: AbortSignal): Promise<Record<string, string>>;
  get(key: string, signal?: AbortSignal): Promise<{ text: string; etag: string }>;
  /** The first `most` bytes of an object. */
  peek(key: string, most: number, signal?: AbortSignal): Promise<Peek>;
  list(page: ListingPage, signal?: AbortSignal): Promise<ListObjectsV2CommandOutput>;
  delete(keys: readonly string[], signal?: AbortSignal): Promise<{ key: string; reason: string }[]>;
}

export interface ListingPage {
  prefix: string;
  /** The continuation token of the page before. */
  from?: string | undefined;
  /** Keys at most. */
  most?: number;
}

export type PutInput = Omit<PutObjectCommandInput, 'Bucket' | 'Body'> & { Body: Uint8Array | string };

const DEFAULTS = {
  connectionTimeoutMs: 5_000,
  requestTimeoutMs: 15_000,
  totalTimeoutMs: 90_000,
  maxAttempts: 5,
  busyMs: 60_000,
};

/** An upload may be as slow as this (100 KB/s), and a download take so long (an index of 100 MB), without being cut. */
const SLOWEST_BYTES_PER_MS = 100;
const DOWNLOAD_MS = 60_000;

/** A client for one bucket. Throws what the SDK throws: `s3Error` explains it. */
export async function connectS3(bucket: string, options: S3Options): Promise<S3> {
  const settings = { ...DEFAULTS, ...options };
  const client = new S3Client({
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    retryStrategy: createRetryStrategy(settings),
    followRegionRedirects: true,
    requestHandler: {
      ...options.agents,
      connectionTimeout: settings.connectionTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      // Without it the SDK only logs that a request takes too long.
      throwOnRequestTimeout: true,
      socketTimeout: settings.requestTimeoutMs,
    },
  });
  refuseForeignAnswers(client);
  // Emulators and other makes of S3 seldom have a host name per bucket. The SDK knows where their address may be configured
  // (environment, profile); asking it keeps the environment out of here.
  if (options.endpoint !== undefined || (await client.config.serviceConfiguredEndpoint?.()) !== undefined)
    client.config.forcePathStyle = true;

  const Bucket = bucket;
  /**
   * Bounds the whole call: the time-outs above start anew with each try, and a trickle of bytes never ends them. What takes
   * its time to travel gets more, in ms.
   */
  const bounded = (more: { up?: number; down?: number } = {}, signal?: AbortSignal) => {
    const { up = 0, down = 0 } = more;
    const total = AbortSignal.timeout(settings.totalTimeoutMs + up + down);
    return {
      abortSignal: signal === undefined ? total : AbortSignal.any([signal, total]),
      requestTimeout: settings.requestTimeoutMs + up,
    };
  };

  return {
    async put(input, signal) {
      const patience = bounded({ up: Math.ceil(input.Body.length / SLOWEST_BYTES_PER_MS) }, signal);
      const { ETag = '' } = await client.send(new PutObjectCommand({ Bucket, ...input }), patience);
      return { etag: ETag };
    },
    async head(Key, signal) {
      const { Metadata = {} } = await client.send(
        new HeadObjectCommand({ Bucket, Key }),
        bounded({}, signal),
      );
      return Metadata;
    },
    async get(Key, signal) {
      const patience = bounded({ down: DOWNLOAD_MS }, signal);
      return await whole(settings.maxAttempts, async () => {
        const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket, Key }), patience);
        return { text: (await Body?.transformToString()) ?? '', etag: ETag };
      });
    },
    async peek(Key, most, signal) {
      const Range = `bytes=0-${most - 1}`;
      const patience = bounded(most > PEEK_BYTES ? { down: DOWNLOAD_MS } : {}, signal);
      return await whole(settings.maxAttempts, async () => {
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range }), patience);
        const head = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
        const total = answer.ContentRange?.split('/')[1] ?? '';
        const bytes = /^\d{1,15}$/.test(total) ? Number(total) : (answer.ContentLength ?? head.length);
        return { head: head.subarray(0, most), bytes, cacheControl: answer.CacheControl ?? null };
      });
    },
    async list({ prefix, from, most }, signal) {
      // Names are asked for URL-encoded: XML has no way to write some characters that a foreign key may hold.
      const command = new ListObjectsV2Command({
        Bucket,
        Prefix: prefix,
        ContinuationToken: from,
        MaxKeys: most,
        EncodingType: 'url',
      });
      return await client.send(command, bounded({}, signal));
    },
    async delete(keys, signal) {
      const Objects = keys.map((Key) => ({ Key }));
      const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await client.send(command, bounded({}, signal));
      return Errors.map(({ Key = '', Code = 'unknown', Message = '' }) => ({
        key: Key,
        reason: `${Code}: ${Message}`,
      }));
    },
  };
}

/** The SDK retries until the answer begins; a body that is cut off later is read again from its start. */
async function whole<T>(tries: number, read: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1)
    try {
      return await read();
    } catch (error) {
      if (left <= 1 || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    }
}
