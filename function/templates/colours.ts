/** A site's colours as custom properties. */
import { safeColour } from '../text/colour.ts';

const PROPERTY = /^[a-z][a-z0-9-]{0,30}$/i;

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
