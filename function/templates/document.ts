/** The frame around a template: the style sheet that every card starts with, and what text a card shows. */
import type { Output, Site } from '../contract.ts';
import { decodeHTML } from 'entities';
import { boxFont } from '../fonts/box.ts';
import { quote, STAND_INS } from '../fonts/css.ts';
import { AS_IS, GAP, HANG, HOST, WHOLE } from './inline.ts';
import { themeProperties } from './theme.ts';
import { scaleOf } from './view.ts';

/** What code is set in, in every template that does not say otherwise. */
export const CODE_FAMILY = 'JetBrains Mono';

/** Scripts that stand higher than Latin and bear no tight letters: `--tall` adds to a line height, `--tight` scales spacing. */
const TALL = 'ja zh ko ar fa ur he hi mr ne th as bn bo dv dz gu km kn lo ml my or pa sd si ta te ug'.split(
  ' ',
);

/**
 * Part of every template's digest: a change here changes pictures. `font-variant-emoji` is for what is no text of the HTML
 * and has no `<og-emoji>`: text in an SVG, and of `content`; every `font` of a template would take it back.
 */
export const BASE_CSS = `*,*::before,*::after{box-sizing:border-box;font-variant-emoji:unicode!important}
html,body{margin:0;width:var(--width);height:var(--height);overflow:hidden}
body{position:relative;font-size:16px;line-height:1.4;font-synthesis:none;text-rendering:geometricPrecision}
h1,h2,h3,p,ul,ol,figure,blockquote{margin:0;padding:0;font:inherit;list-style:none}
img,svg{display:block}
code,kbd,samp{padding:0 .2em;border-radius:.2em;background:color-mix(in srgb,currentcolor 13%,transparent);font-family:"${CODE_FAMILY}",monospace;font-size:.86em;line-height:1;letter-spacing:-.02em;font-variant-ligatures:none;unicode-bidi:isolate;direction:ltr;box-decoration-break:clone;text-transform:none}
sup,sub{font-size:.62em;line-height:0}
:root{--tall:0;--tight:1}
${TALL.map((language) => `:lang(${language})`).join()}{--tall:.22;--tight:0}
:lang(ja),:lang(zh){line-break:strict;text-spacing-trim:trim-start}
:lang(ja){word-break:auto-phrase}
:lang(ko){word-break:keep-all;overflow-wrap:anywhere}
${WHOLE}:not([data-wide]),${HOST}:not([data-wide]){white-space:nowrap}
${HOST}:not([data-wide]) wbr{display:none}
${AS_IS}{text-transform:none}
${HANG}{margin-inline-start:calc(-1 * var(--hang,.42em))}
${GAP}{word-spacing:var(--hang,.42em)}`;

const EMOJI = 'og-sync emoji';
/** The same font, with the signs that are emoji only with a selector behind them: digits, ©, ↔. */
const ALL_EMOJI = 'og-sync all emoji';

/** A box for whatever no font has. */
const BOX = 'og-sync box';

function emojiFace(family: string, ranges = ''): string {
  return `@font-face{font-family:"${family}";src:local("Noto Color Emoji");size-adjust:86%;font-weight:100 900;${ranges}}`;
}

/**
 * Emoji at the height of capitals: as large as the font makes them, they reach into the line above. They come from the
 * browser's own list of fonts, so that no card carries five megabytes.
 */
export const EMOJI_CSS = `${emojiFace(EMOJI, 'unicode-range:U+200D,U+20E3,U+231A-23FA,U+25AA-25FE,U+2600-27BF,U+2B05-2B55,U+FE0F,U+1F000-1FAFF,U+E0020-E007F')}
${emojiFace(ALL_EMOJI)}
og-emoji{font-family:"${ALL_EMOJI}",var(${STAND_INS})!important}
@font-face{font-family:"${BOX}";font-weight:100 900;font-display:block;src:url(data:font/ttf;base64,${boxFont().toString('base64')})}
${standInsCss([], false)}`;

/**
 * Names the families that stand in, in their order of preference. Emoji come last: a sign is text if it can be.
 * @param isLacking whether something is drawn as a box, since none of them has it
 */
export function standInsCss(families: readonly string[], isLacking: boolean): string {
  const names = [...new Set([...families, EMOJI, ...(isLacking ? [BOX] : [])])].map(quote);
  return `:root{${STAND_INS}:${names.join()}}`;
}

/** For a template that names no font at all. */
export const DEFAULT_FONT_CSS = 'body{font-family:var(--font,Inter),sans-serif}';

/** The custom properties of a card: its size, the unit that scales with it, the site's colours. */
export function rootCss(site: Site, output: Output): string {
  const properties = Object.entries({
    ...themeProperties(site),
    '--width': `${output.width}px`,
    '--height': `${output.height}px`,
    '--u': `${Number(scaleOf(output).toFixed(5))}px`,
  });
  return `:root{${properties.map(([name, value]) => `${name}:${value}`).join(';')}}`;
}

/** A style element. What could end it early is escaped. */
export function styleElement(css: string): string {
  return `<style>${css.replaceAll('</', String.raw`<\/`)}</style>`;
}

/** The text of an HTML fragment, more or less: what is asked of it is only which characters occur. */
export function textOfHtml(html: string): string {
  return decodeHTML(withoutMarkup(html));
}

/** Each character is looked at once: what is never closed is markup to the end. */
function withoutMarkup(html: string): string {
  let text = '';
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    text += `${html.slice(at, open)} `;
    const ending = endingOf(html.slice(open, open + 7).toLowerCase());
    const end = html.indexOf(ending, open + 1);
    if (end < 0) return text;
    at = end + ending.length;
  }
  return text + html.slice(at);
}

function endingOf(start: string): string {
  if (start.startsWith('<!--')) return '-->';
  return /^<style\b/.test(start) ? '</style>' : '>';
}

/** What a style sheet may show by `content`: all of it, with its escapes resolved. */
export function textOfCss(css: string): string {
  return css.replaceAll(/\\([0-9a-f]{1,6})\s?/gi, (whole, hex: string) => {
    const codePoint = parseInt(hex, 16);
    return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
