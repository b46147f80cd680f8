/** Which images are ours, by their address. */
import type { ConfiguredOutput } from '../../config/outputs.ts';
import { outputsOf } from '../../config/outputs.ts';
import { IMAGE_KEY, keyHash, isHashed } from '../../../function/key.ts';

/**
 * Recognises an image below `publicUrl` whose name the key pattern could have made. Relative addresses start at `siteUrl`; http
 * and https are the same. With no `publicUrl`, nothing is ours.
 */
export function oursBelow(options: {
  publicUrl: string | null;
  siteUrl: string | null;
  key: string;
  outputs: readonly ConfiguredOutput[];
}): (address: string) => boolean {
  const { publicUrl, siteUrl } = options;
  const base = publicUrl === null ? null : URL.parse(publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
  if (base === null) return () => false;
  const patterns = outputsOf(options).map(({ pattern }) => pattern);
  const hashOf = keyHash(patterns);
  const named = patterns.every(isHashed);
  return (address) => {
    const url = URL.parse(address, siteUrl ?? undefined);
    if (url === null || url.host !== base.host || !url.pathname.startsWith(base.pathname)) return false;
    const name = url.pathname.slice(base.pathname.length);
    return named ? hashOf(decoded(name)) !== null : IMAGE_KEY.test(name);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
