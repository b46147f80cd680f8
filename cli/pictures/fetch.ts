/** Pictures from hosts that the config names: https only, bounded in size, time and redirects, no private address. */
import { lookup } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PostError } from '../errors.ts';

/** Loaded when it is used: an import of node:https is a tenth of the start of a run that fetches nothing. */
const secureGet: Get = (url, options, answer) =>
  process.getBuiltinModule('node:https').get(url, options, answer);

const MAX_BYTES = 10_000_000;
const MAX_REDIRECTS = 3;

export type Get = (
  url: URL,
  options: RequestOptions,
  answer: (response: IncomingMessage) => void,
) => ClientRequest;

export interface FetchOptions {
  /** Host names; `*.example.com` takes every host below. */
  hosts: readonly string[];
  /** For the whole picture, redirects included. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
  /** Node's own `https.get`; tests hand in another. */
  get?: Get | undefined;
}

export function isHostAllowed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((allowed) =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed.toLowerCase(),
  );
}

/**
 * Fetches one picture.
 * @throws PostError `picture_unreachable` that says why.
 */
export async function fetchPicture(url: URL, options: FetchOptions): Promise<Buffer> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    return await follow(url, options, signal, MAX_REDIRECTS);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof PostError) throw cause;
    const reason = timeout.aborted
      ? 'it took too long'
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw unreachable(url, reason, cause);
  }
}

async function follow(url: URL, options: FetchOptions, signal: AbortSignal, hops: number): Promise<Buffer> {
  if (url.protocol !== 'https:') throw unreachable(url, 'only https is fetched');
  if (!isHostAllowed(url.hostname, options.hosts))
    throw unreachable(url, 'its host is not in imageHosts of the configuration');
  if (isPrivateAddress(url.hostname.replaceAll(/^\[|\]$/g, '')))
    throw unreachable(url, 'its address is private');
  const response = await request(url, options.get ?? secureGet, signal);
  const status = response.statusCode ?? 0;
  const location = response.headers.location;
  if (status >= 300 && status < 400 && location !== undefined) {
    response.destroy();
    const next = URL.parse(location, url.href);
    if (next === null || hops === 0) throw unreachable(url, 'it redirects too often, or to nowhere');
    return follow(next, options, signal, hops - 1);
  }
  if (status === 200) return collect(url, response);
  response.destroy();
  throw unreachable(url, `its host answered ${status}`);
}

function request(url: URL, get: Get, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'image/*', 'user-agent': 'og-sync' };
    get(url, { signal, lookup: publicLookup, headers }, resolve).on('error', reject);
  });
}

async function collect(url: URL, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw unreachable(url, `it has more than ${MAX_BYTES / 1_000_000} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Looks a name up as Node does, but refuses it when any address is private: what is checked is what is connected to. */
const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const hidden = addresses.find(({ address }) => isPrivateAddress(address));
    if (hidden !== undefined)
      return callback(new Error(`${host} has the private address ${hidden.address}`), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** IPv6 addresses that any network may hand out; all else is reserved or leads to IPv4 (RFC 4291, 2.4). */
const GLOBAL = ipaddr.parseCIDR('2000::/3');

/** Whether an IP address is one that only this machine or its network knows, or a tunnel to one. A name is not. */
export function isPrivateAddress(address: string): boolean {
  // One spelling of each: the library would take `::8.8.8.8` for IPv4.
  const text = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address;
  if (!ipaddr.isValid(text)) return false;
  const found = ipaddr.process(text);
  return found.range() !== 'unicast' || (found.kind() === 'ipv6' && !found.match(GLOBAL));
}

function unreachable(url: URL, reason: string, cause?: unknown): PostError {
  return new PostError('picture_unreachable', `${url.href} was not fetched: ${reason}`, { cause });
}
