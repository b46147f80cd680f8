/** The custom properties that a site gives to every template: its colours, its font, light or dark. Pure. */
import { color, serializeOKLCH } from '@csstools/css-color-parser';
import { parseComponentValue } from '@csstools/css-parser-algorithms';
import { tokenize } from '@csstools/css-tokenizer';
import type { Site } from '../contract.ts';
import { quote } from '../fonts/css.ts';
import { colourProperties } from './colours.ts';

/** What is written on a ground of the site's own, where the site names no colour for text. */
const INK = { light: '#171614', dark: '#f4f2ee' };
/** Lightness in OKLCH, above which a ground is light. */
const LIGHT = 0.62;

/** 0 for black to 1 for white, as the eye sees it; null for what is no colour. */
export function lightnessOf(colour: string): number | null {
  const value = parseComponentValue(tokenize({ css: colour }));
  const data = value === undefined ? false : color(value);
  return data === false ? null : Number.parseFloat(serializeOKLCH(data).toString().slice('oklch('.length));
}

/**
 * `--accent`, `--background`, `--text` and what else `site.colors` names; `--scheme` (`light` or `dark`) where the theme
 * says it or its colours do, `--font`, and `--logo-order` and `--logo-margin` for a logo at the other end. What the site does not say is
 * absent, and the template's own value shows.
 */
export function themeProperties(site: Site): Record<string, string> {
  const { accent, background, text, font, mode, logo } = site.theme ?? {};
  const colours = {
    ...colourProperties(site),
    ...colourProperties({ accent, colors: { background, text } }),
  };
  const ground = colours['--background'];
  const scheme = mode ?? modeOf(ground, colours['--text']);
  return {
    ...(ground !== undefined && { '--text': INK[modeOf(ground) ?? scheme ?? 'light'] }),
    ...colours,
    ...(scheme !== null && { '--scheme': scheme }),
    ...(font !== undefined && { '--font': quote(font) }),
    ...(logo === 'end' && { '--logo-order': '1', '--logo-margin': 'auto' }),
  };
}

/** A light ground, or else dark words, make a light card. */
function modeOf(background: string | undefined, text?: string): 'light' | 'dark' | null {
  const ground = background === undefined ? null : lightnessOf(background);
  if (ground !== null) return ground > LIGHT ? 'light' : 'dark';
  const ink = text === undefined ? null : lightnessOf(text);
  if (ink !== null) return ink > LIGHT ? 'dark' : 'light';
  return null;
}
