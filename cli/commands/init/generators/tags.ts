/** The tags of an image, in the template languages that are HTML with holes. */

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
