/** How much of a foreign text is shown, logged or answered. */

/** The text, or its beginning with what was left out: `abc… (1,234 characters)`. Never cut within a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}… (${text.length} characters)`;
}
