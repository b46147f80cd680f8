/** A picture as a page names it → as a post names it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for the site's own address where none is known. */
const NOWHERE = 'https://site.invalid/';

/**
 * A file of the built site as a path from its root ("/img/a.png"), a picture on another host as its address; null for a file
 * that is not there. `address`: of the page, below `siteUrl`.
 */
export function locatePicture(
  reference: string,
  address: string,
  { folder, siteUrl }: { folder: string; siteUrl: string | null },
): string | null {
  if (reference.startsWith('data:')) return reference;
  const site = new URL(siteUrl ?? NOWHERE);
  const url = URL.parse(reference, new URL(encodeURI(address).slice(1), site));
  if (url === null) return null;
  if (url.host !== site.host) return url.href;
  if (!url.pathname.startsWith(site.pathname)) return null;
  const path = decoded(`/${url.pathname.slice(site.pathname.length)}`);
  return !path.includes('\0') && existsSync(join(folder, path)) ? path : null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
