/** The scripts whose fonts og-sync does not bring: the package that draws each, and which of them a text has. */
import { scriptOf } from '../text/language.ts';

export interface Script {
  /** ISO 15924. */
  code: string;
  name: string;
  /** What to install. */
  package: string;
}

/**
 * The scripts in use today that Unicode recommends for names or lists as in limited use (UAX 31, tables 5 and 7), without
 * those that og-sync's own fonts draw, and Mongolian. Each by its code, its name and, where it is not the variable Noto
 * Sans of that name, its package.
 */
const TABLE: readonly (readonly [code: string, name: string, id?: string])[] = [
  ['Armn', 'Armenian'],
  ['Beng', 'Bengali'],
  ['Ethi', 'Ethiopic'],
  ['Geor', 'Georgian'],
  ['Gujr', 'Gujarati'],
  ['Guru', 'Gurmukhi'],
  ['Khmr', 'Khmer'],
  ['Knda', 'Kannada'],
  ['Laoo', 'Lao'],
  ['Mlym', 'Malayalam'],
  ['Mymr', 'Myanmar'],
  ['Orya', 'Odia', '-variable/noto-sans-oriya'],
  ['Sinh', 'Sinhala'],
  ['Taml', 'Tamil'],
  ['Telu', 'Telugu'],
  ['Thaa', 'Thaana'],
  ['Tibt', 'Tibetan', '-variable/noto-serif-tibetan'],
  ['Adlm', 'Adlam'],
  ['Bali', 'Balinese'],
  ['Bamu', 'Bamum'],
  ['Cans', 'Canadian Aboriginal'],
  ['Cham', 'Cham'],
  ['Cher', 'Cherokee'],
  ['Hmnp', 'Nyiakeng Puachue Hmong', '-variable/noto-serif-np-hmong'],
  ['Java', 'Javanese'],
  ['Kali', 'Kayah Li'],
  ['Lana', 'Tai Tham'],
  ['Lepc', 'Lepcha', '/noto-sans-lepcha'],
  ['Limb', 'Limbu', '/noto-sans-limbu'],
  ['Lisu', 'Lisu'],
  ['Mong', 'Mongolian', '/noto-sans-mongolian'],
  ['Mtei', 'Meetei Mayek'],
  ['Newa', 'Newa', '/noto-sans-newa'],
  ['Nkoo', 'N’Ko', '/noto-sans-nko'],
  ['Olck', 'Ol Chiki'],
  ['Osge', 'Osage', '/noto-sans-osage'],
  ['Plrd', 'Miao', '/noto-sans-miao'],
  ['Rohg', 'Hanifi Rohingya'],
  ['Saur', 'Saurashtra', '/noto-sans-saurashtra'],
  ['Sund', 'Sundanese'],
  ['Sylo', 'Syloti Nagri', '/noto-sans-syloti-nagri'],
  ['Syrc', 'Syriac'],
  ['Tale', 'Tai Le', '/noto-sans-tai-le'],
  ['Talu', 'New Tai Lue'],
  ['Tavt', 'Tai Viet', '/noto-sans-tai-viet'],
  ['Tfng', 'Tifinagh', '/noto-sans-tifinagh'],
  ['Vaii', 'Vai', '/noto-sans-vai'],
  ['Yiii', 'Yi', '/noto-sans-yi'],
];

export const SCRIPTS: readonly Script[] = TABLE.map(([code, name, id]) => ({
  code,
  name,
  package: `@fontsource${id ?? `-variable/noto-sans-${name.toLowerCase().replaceAll(' ', '-')}`}`,
}));

/** The packages that may draw a script, the best first: variable before fixed weights, sans before serif. */
export function packagesFor({ package: best }: Script): string[] {
  const id = best.slice(best.indexOf('/noto-')).replace(/^\/noto-(?:sans|serif)-/, '');
  const all = ['sans', 'serif'].flatMap((style) =>
    ['-variable', ''].map((kind) => `@fontsource${kind}/noto-${style}-${id}`),
  );
  return [...new Set([best, ...all])];
}

/** `name@version` of font packages: what draws a script, by its code, and what a family is of, by its name in lower case. */
export type InstalledFonts = Readonly<Record<string, string>>;

/** The name of a family as it stands in the list. A style sheet of Fontsource calls a variable family "Roboto Variable". */
function familyKey(family: string): string {
  return family.toLowerCase().replace(/ variable$/, '');
}

/** Whether a text may hold a letter of the table: most cards end here. */
const BEYOND =
  /[\u0530-\u058f\u0700-\u08ff\u0980-\u0dff\u0e80-\u10ff\u1200-\u1cff\u2d00-\u2ddf\ua000-\uabff\u{10000}-\u{1efff}]/u;
const PATTERNS = new Map<string, RegExp>();

function isIn(code: string, text: string): boolean {
  const pattern = PATTERNS.get(code) ?? new RegExp(`\\p{Script=${code}}`, 'u');
  PATTERNS.set(code, pattern);
  return pattern.test(text);
}

/** The scripts of the table that a text has letters of. */
export function scriptsIn(text: string): Script[] {
  return BEYOND.test(text) ? SCRIPTS.filter(({ code }) => isIn(code, text)) : [];
}

/**
 * What of the list a post or a site may bring to a card: the scripts of its texts and of its language, in whose digits a
 * date may be written, and the font of its theme.
 */
export function needsOf(value: Readonly<Record<string, unknown>>): Set<string> {
  const { lang } = value;
  const { lang: dataLang } = (value['data'] ?? {}) as { lang?: unknown };
  const { font } = (value['theme'] ?? {}) as { font?: unknown };
  const languages = [lang, dataLang].filter((tag) => typeof tag === 'string');
  const scripts = scriptsIn(textOf(value)).map(({ code }) => code);
  return new Set([
    ...scripts,
    ...languages.map(scriptOf),
    ...(typeof font === 'string' ? [familyKey(font)] : []),
  ]);
}

/** All strings, without pictures. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('data:') ? '' : value.normalize('NFC');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}

/** What an image's identity has of these fonts. Undefined where it needs none of them. */
export function fontsFor(
  fonts: InstalledFonts | undefined,
  ...needs: readonly ReadonlySet<string>[]
): string[] | undefined {
  const used = Object.entries(fonts ?? {}).filter(([name]) => needs.some((names) => names.has(name)));
  return used.length === 0 ? undefined : [...new Set(used.map(([, font]) => font))].sort();
}
