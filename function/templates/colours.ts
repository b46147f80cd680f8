/** Colours come from configuration and from posts: only what is a colour and nothing else reaches a style sheet. */

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const NAME = /^[a-z]{3,24}$/i;
const FUNCTION = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([a-z0-9.,%/+\s-]{1,80}\)$/i;
const PROPERTY = /^[a-z][a-z0-9-]{0,30}$/i;

/** The colour itself when the value is one (hex, name, or a colour function of plain numbers), else null. */
export function safeColour(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const colour = value.trim();
  return HEX.test(colour) || NAME.test(colour) || FUNCTION.test(colour) ? colour : null;
}

/**
 * Custom properties for a site's colours: `site.accent` gives `--accent`, each of `site.colors` (or `site.colours`) its
 * own name. What is no colour is left out, and the template's own value shows.
 */
export function colourProperties(site: Readonly<Record<string, unknown>>): Record<string, string> {
  const wanted: Record<string, unknown> = {
    ...asRecord(site['colors']),
    ...asRecord(site['colours']),
  };
  if (site['accent'] !== undefined) wanted['accent'] = site['accent'];
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const colour = safeColour(value);
    if (colour !== null && PROPERTY.test(name)) properties[`--${name}`] = colour;
  }
  return properties;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
