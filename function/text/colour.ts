/** Colours come from configuration and from posts: only what is a colour and nothing else reaches a style sheet. */

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const NAME = /^[a-z]{3,24}$/i;
const FUNCTION = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([a-z0-9.,%/+\s-]{1,80}\)$/i;

/** The colour itself when the value is one (hex, name, or a colour function of plain numbers), else null. */
export function safeColour(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const colour = value.trim();
  return HEX.test(colour) || NAME.test(colour) || FUNCTION.test(colour) ? colour : null;
}
