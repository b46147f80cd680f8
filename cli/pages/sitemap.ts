/** A sitemap (https://www.sitemaps.org/protocol.html) → addresses. */
import { gunzipSync } from 'node:zlib';
import { Parser } from 'htmlparser2';

/** Bytes of a sitemap, unpacked: the protocol's own limit. */
export const MOST_SITEMAP_BYTES = 52_428_800;

export interface Sitemap {
  /** Addresses of pages. */
  pages: string[];
  /** Addresses of further sitemaps. */
  sitemaps: string[];
}

/** What is no sitemap has neither. Throws when packed bytes are broken or unpack to too much. */
export function parseSitemap(bytes: Uint8Array): Sitemap {
  const found: Sitemap = { pages: [], sitemaps: [] };
  const path: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentagname(name) {
        path.push(localName(name));
        text = '';
      },
      ontext: (part) => (text += part),
      onclosetag() {
        const [outer, name] = path.slice(-2);
        path.pop();
        const address = text.trim();
        text = '';
        if (name !== 'loc' || address === '') return;
        if (outer === 'url') found.pages.push(address);
        if (outer === 'sitemap') found.sitemaps.push(address);
      },
    },
    { xmlMode: true },
  );
  parser.end(unpacked(bytes).toString());
  return found;
}

function unpacked(bytes: Uint8Array): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
    ? gunzipSync(bytes, { maxOutputLength: MOST_SITEMAP_BYTES })
    : Buffer.from(bytes);
}

/** Sitemaps may give the protocol's elements a prefix. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
