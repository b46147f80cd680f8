/** What `check` may find. Add a kind here, and the examination that finds it in `examine.ts`. */
export type Severity = 'error' | 'warning';

export const FINDINGS = {
  unreachable: ['error', 'a page that cannot be read'],
  no_image: ['error', 'no og:image'],
  many_images: ['error', 'more than one og:image'],
  relative_image: ['error', 'an og:image that is no whole address'],
  insecure_image: ['error', 'an og:image over http'],
  local_image: ['error', 'an og:image on a host that others cannot reach'],
  wrong_host: ['error', 'an og:image that is not below publicUrl'],
  missing_image: ['error', 'an image that is not there'],
  not_an_image: ['error', 'an image whose bytes are none'],
  wrong_type: ['error', 'an image of another type than the tags say'],
  wrong_size: ['error', 'an image of another size than the tags say'],
  url_mismatch: ['error', 'og:url and the canonical address differ'],
  bad_locale: ['error', 'an og:locale that is none, such as de instead of de_DE'],
  unread_tags: ['error', 'tags so far down that a network does not read them at all'],
  late_tags: ['warning', 'tags further down than some networks read'],
  no_size: ['warning', 'no og:image:width and og:image:height'],
  no_alt: ['warning', 'no og:image:alt'],
  no_card: ['warning', 'no twitter:card of a large image'],
  too_heavy: ['warning', 'an image with more bytes than some networks take'],
  too_small: ['warning', 'an image smaller than some networks take'],
  too_large: ['warning', 'an image larger than some networks take'],
  wrong_format: ['warning', 'an image in a format that some networks do not show'],
  shared_image: ['warning', 'one image for several pages'],
  frozen_name: ['warning', 'an image that may be kept for ever under a name that stays when it changes'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** The page: a file, or an address. */
  page: string;
  message: string;
}

export function finding(code: FindingCode, page: string, message: string): Finding {
  return { code, severity: FINDINGS[code][0], page, message };
}
