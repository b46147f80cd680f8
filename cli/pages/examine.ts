/** The facts of a page and of its image → findings. Pure. */
import { finding } from './findings.ts';
import type { Finding } from './findings.ts';
import { passingHost } from './hosts.ts';
import type { ImageFacts } from './image-facts.ts';
import type { CheckedPage, ShownImage } from './page-facts.ts';
import { isLocale } from './tags.ts';
import { PLATFORMS } from './platforms.ts';
import type { Platform } from './platforms.ts';

export interface Rules {
  /** Images must be below this address; null: anywhere. */
  publicUrl: string | null;
  /** Whether a page may name an image of its own, elsewhere. */
  keepsOwn: boolean;
  /** How many images a page may name: as many as there are outputs. */
  images: number;
}

const LARGE_CARDS = new Set(['summary_large_image', 'player', 'app']);

/** What the tags of one page say, without a look at the image. */
export function examinePage(facts: CheckedPage, rules: Rules): Finding[] {
  const { page, images, card, locale } = facts;
  if (images.length === 0) return [finding('no_image', page, 'has no og:image'), ...examineUrl(facts)];
  const shown = shownImages(facts, rules);
  const findings = shown.flatMap(({ address }) => examineAddress(page, address, rules));
  findings.push(...examinePlace(facts), ...examineUrl(facts));
  if (shown.length < images.length) {
    const addresses = images.map(({ address }) => address).join(', ');
    findings.push(finding('many_images', page, `has ${images.length} og:image: ${addresses}`));
  }
  const named = (address: string) => (shown.length === 1 ? 'its image' : address);
  for (const { address, width, height, alt } of shown) {
    if (width === null || height === null)
      findings.push(finding('no_size', page, `does not say how large ${named(address)} is`));
    if (alt === null) findings.push(finding('no_alt', page, `does not say what ${named(address)} shows`));
  }
  if (card === null || !LARGE_CARDS.has(card))
    findings.push(finding('no_card', page, card === null ? 'has no twitter:card' : `has the card "${card}"`));
  if (locale !== null && !isLocale(locale))
    findings.push(finding('bad_locale', page, `has the og:locale "${locale}"`));
  return findings;
}

/**
 * The images that are worth a look: all, where og-sync wrote them or where there are no more than outputs; else the first,
 * since there are too many.
 */
export function shownImages({ images }: CheckedPage, rules: Rules): readonly ShownImage[] {
  const ours = images.filter(({ isOurs }) => isOurs).length;
  const isWell = ours === 0 ? images.length <= Math.max(1, rules.images) : ours === images.length;
  return isWell ? images : images.slice(0, 1);
}

function examineAddress(page: string, image: string, { publicUrl, keepsOwn }: Rules): Finding[] {
  const url = URL.parse(image);
  if (url === null || !/^https?:$/.test(url.protocol))
    return [finding('relative_image', page, `names ${JSON.stringify(image)}`)];
  const what = passingHost(url.hostname);
  if (what !== null) return [finding('local_image', page, `names ${image}: the host is ${what}`)];
  if (url.protocol === 'http:') return [finding('insecure_image', page, `names ${image}`)];
  if (publicUrl === null || keepsOwn || isBelow(url, publicUrl)) return [];
  return [finding('wrong_host', page, `names ${image}, which is not below ${publicUrl}`)];
}

function isBelow(url: URL, base: string): boolean {
  return url.href.startsWith(base.endsWith('/') ? base : `${base}/`);
}

function examinePlace({ page, tagsEnd }: CheckedPage): Finding[] {
  const blind = PLATFORMS.filter(({ readsBytes = Infinity }) => tagsEnd > readsBytes);
  if (blind.length === 0) return [];
  const code = blind.some(({ name }) => name === 'WhatsApp') ? 'unread_tags' : 'late_tags';
  return [finding(code, page, `has its tags within ${tagsEnd} bytes; ${named(blind)} reads fewer`)];
}

function examineUrl({ page, url, canonical, address }: CheckedPage): Finding[] {
  if (url === null || canonical === null) return [];
  const [said, meant] = [url, canonical].map((one) => URL.parse(one, address ?? undefined)?.href ?? one);
  if (said === meant) return [];
  return [finding('url_mismatch', page, `has the og:url ${url} and the canonical address ${canonical}`)];
}

/** What an image of a page is, against the tags and, for the first, the networks. Null: it is not there. */
export function examineImage(
  { page, images }: CheckedPage,
  said: ShownImage,
  found: ImageFacts | null,
): Finding[] {
  const { address: image } = said;
  if (found === null) return [finding('missing_image', page, `names ${image}`)];
  if (found.format === null)
    return [finding('not_an_image', page, `names ${image}, whose bytes are no image`)];
  const findings: Finding[] = [];
  const type = `image/${found.format}`;
  if (said.type !== null && said.type.replace('/jpg', '/jpeg') !== type)
    findings.push(finding('wrong_type', page, `says ${said.type}, but ${image} is ${type}`));
  const { width, height } = found;
  const size = [said.width ?? String(width), said.height ?? String(height)];
  if (size[0] !== String(width) || size[1] !== String(height))
    findings.push(finding('wrong_size', page, `says ${size.join('×')}, but ${image} is ${width}×${height}`));
  const limits = said === images[0] ? examineLimits(page, image, found) : [];
  return [...findings, ...limits, ...examineKeeping(page, image, found)];
}

function examineLimits(page: string, image: string, found: ImageFacts): Finding[] {
  const { width, height, bytes, format } = found;
  const limits = [
    ['too_heavy', ({ maxBytes = Infinity }: Platform) => bytes > maxBytes, `${bytes} bytes`],
    [
      'too_small',
      ({ minWidth = 0, minHeight = 0 }: Platform) => width < minWidth || height < minHeight,
      `${width}×${height}`,
    ],
    [
      'too_large',
      ({ maxWidth = Infinity, maxHeight = Infinity }: Platform) => width > maxWidth || height > maxHeight,
      `${width}×${height}`,
    ],
    ['wrong_format', ({ formats }: Platform) => !formats.includes(format ?? ''), String(format)],
  ] as const;
  return limits.flatMap(([code, refuses, what]) => {
    const refusing = PLATFORMS.filter(refuses);
    return refusing.length === 0
      ? []
      : [finding(code, page, `names ${image}: ${what} for ${named(refusing)}`)];
  });
}

/** Ends of names that change with the bytes. */
const HASH = /[.\-_][0-9a-f]{8,64}$/i;
const A_MONTH = 30 * 24 * 3600;

function examineKeeping(page: string, image: string, { cacheControl }: ImageFacts): Finding[] {
  if (cacheControl === null) return [];
  const age = Number(/max-age=(\d{1,12})/.exec(cacheControl)?.[1] ?? 0);
  if (!/\bimmutable\b/.test(cacheControl) && age < A_MONTH) return [];
  const name = (URL.parse(image)?.pathname ?? image).replace(/\.[a-z]{2,5}$/, '');
  if (HASH.test(name)) return [];
  return [finding('frozen_name', page, `names ${image}, which is served with "${cacheControl}"`)];
}

function named(platforms: readonly Platform[]): string {
  return platforms.map(({ name }) => name).join(', ');
}

/** One image for pages of different addresses. */
export function examineShared(pages: readonly { page: string; address: string; image: string }[]): Finding[] {
  const byImage = new Map<string, Map<string, string>>();
  for (const { image, address, page } of pages) {
    const sharing = byImage.get(image) ?? new Map<string, string>();
    if (!sharing.has(address)) sharing.set(address, page);
    byImage.set(image, sharing);
  }
  return [...byImage].flatMap(([image, sharing]) => {
    const [first, ...others] = sharing.values();
    if (first === undefined || others.length === 0) return [];
    const most = others.slice(0, 2);
    const more = others.length > most.length ? ` and ${others.length - most.length} more` : '';
    return [finding('shared_image', first, `shares ${image} with ${most.join(', ')}${more}`)];
  });
}
