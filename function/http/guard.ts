/** Who may speak to a server on this machine: programs and the person at it, but no page of another origin. */
import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';
import { FunctionError } from '../contract.ts';

/**
 * Whether a host (a name or an address, bracketed or not) can only mean this machine: 127.0.0.0/8 in every spelling, ::1,
 * either of them mapped, and `localhost` with the names below it (RFC 6761, 6.3), with or without a final dot.
 */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').split('%', 1)[0] ?? '';
  const name = URL.parse(`http://${bare.includes(':') ? `[${bare}]` : bare}`)?.hostname ?? '';
  const plain = name.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (plain === 'localhost' || plain.endsWith('.localhost')) return true;
  return ipaddr.isValid(plain) && ipaddr.process(plain).range() === 'loopback';
}

/** What a browser says of requests that its own page, or a person at the address bar, has caused. */
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Refuses what a page of another origin has caused, on every route: a picture costs memory and time, and a page can ask
 * for it without an Origin (`<img>`). A page that reaches this server under a name of its own (DNS rebinding) is told by
 * that name. `local`: the server listens on loopback, so only loopback names lead to it.
 * @throws FunctionError `forbidden`.
 */
export function refuseForeignPages(headers: IncomingHttpHeaders, local: boolean): void {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const isForeign =
    (site !== undefined && !OWN_SITES.has(site)) ||
    (origin !== undefined && origin !== `http://${host}`) ||
    (local && !isLoopback(hostnameOf(host)));
  if (!isForeign) return;
  throw new FunctionError(
    'forbidden',
    'A page of another origin may not use this server.',
    'Call it from a program, or from an address bar.',
  );
}

function hostnameOf(authority: string): string {
  return URL.parse(`http://${authority}`)?.hostname ?? '';
}
