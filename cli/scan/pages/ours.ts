/** Which images are ours, by their address. */
import { keyHash, isHashed } from '../../../function/key.ts';

/**
 * Recognises an image below `publicUrl` whose name the key pattern could have made. Relative addresses start at `siteUrl`; http
 * and https are the same. With no `publicUrl`, nothing is ours.
 */
export function oursBelow(options: {
  publicUrl: string | null;
  siteUrl: string | null;
  key: string;
}): (address: string) => boolean {
  const { publicUrl, siteUrl, key } = options;
  const base = publicUrl === null ? null : URL.parse(publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
  if (base === null) return () => false;
  const hashOf = keyHash(key);
  return (address) => {
    const url = URL.parse(address, siteUrl ?? undefined);
    if (url === null || url.host !== base.host || !url.pathname.startsWith(base.pathname)) return false;
    const name = url.pathname.slice(base.pathname.length);
    return isHashed(key) ? hashOf(decoded(name)) !== null : /\.(jpg|png)$/.test(name);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
