/** What the templates of generators have in common: the tags of an image, and the way from an address to a slug. */

/**
 * JavaScript for the slug of a path without its first slash, as `slugOfAddress` of og-sync makes it.
 * @param path an expression
 */
export function slugExpression(path: string): string {
  const trimmed = String.raw`.replace(/\/$|\.html$/g, '')`;
  const allowed = String.raw`.replace(/[^\p{L}\p{M}\p{N}._~/-]/gu, '-')`;
  return `${path}${trimmed}${allowed} || 'index'`;
}

/** For template languages without regular expressions. */
export const PLAIN_ADDRESSES =
  'In a slug, each character of the address that is no letter, digit, ".", "_", "~" or "-" is a "-"; these lines leave it as it is.';

/** `image`: the address with the language's own hole in it. */
export function tagLines(image: string): string[] {
  return [
    `<meta property="og:image" content="${image}">`,
    '<meta property="og:image:width" content="1200">',
    '<meta property="og:image:height" content="630">',
    '<meta name="twitter:card" content="summary_large_image">',
  ];
}

/** The same for languages whose tags close themselves and whose addresses are expressions: Astro, JSX. */
export function elementLines(expression: string): string[] {
  return [
    `<meta property="og:image" content={${expression}} />`,
    '<meta property="og:image:width" content="1200" />',
    '<meta property="og:image:height" content="630" />',
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
}
