/** A template as a terminal can draw it: where things stand, not how they look in pixels. Pure. */
import cells from 'fast-string-width';
import type { Colors } from '../../report/colors.ts';

export interface Sketched {
  site: string;
  host: string;
}

/** Cells of a sketch at most, and at least, without its frame. */
const WIDEST = 52;
const NARROWEST = 28;

const TITLE = 'What a river remembers';
const DESCRIPTION = 'Notes from a year on the water.';
const AUTHOR = 'Ines Faber';
const DATE = 'March 5, 2026';

/** Text at the left and at the right end of a line; where both do not fit, the left alone. */
type Ends = (left: string, right: string) => string;

function endsOf(width: number): Ends {
  return (left, right) => {
    const gap = width - cells(left) - cells(right);
    return gap < (right === '' ? 0 : 1) ? ends(left, width) : left + ' '.repeat(gap) + right;
  };
}

function ends(left: string, width: number): string {
  return left + ' '.repeat(Math.max(0, width - cells(left)));
}

/** A line in the middle. */
function middle(text: string, width: number): string {
  return ' '.repeat(Math.max(0, Math.floor((width - cells(text)) / 2))) + text;
}

function boxed(text: string, width: number): string {
  return `│${ends(middle(text, width - 2), width - 2)}│`;
}

interface Canvas {
  colors: Colors;
  ends: Ends;
  width: number;
}

/** The lines inside of the frame. */
const LAYOUTS: Readonly<Record<string, (said: Sketched, canvas: Canvas) => string[]>> = {
  default: ({ site }, { colors: { bold, dim }, ends }) => [
    ends(`● ${site}`, dim('rivers  notes')),
    '',
    '',
    bold(TITLE),
    DESCRIPTION,
    '',
    ends(AUTHOR, dim(DATE)),
  ],
  editorial: ({ site }, { colors: { bold, dim, italic }, ends }) => [
    ends(`${site}  ${dim('rivers')}`, dim('░░░░░░░░░░░░░░')),
    ends('', dim('░░░░░░░░░░░░░░')),
    ends(bold(italic(TITLE)), dim('░░░ photo ░░░░')),
    ends(italic(DESCRIPTION), dim('░░░░░░░░░░░░░░')),
    ends('', dim('░░░░░░░░░░░░░░')),
    ends('', dim('░░░░░░░░░░░░░░')),
    ends(`${AUTHOR}  ${dim(DATE)}`, dim('░░░░░░░░░░░░░░')),
  ],
  cover: ({ site }, { colors: { bold, dim }, ends, width }) => [
    ends(`● ${site}`, dim('░░░░░░░░░░░░░░░░░░░░')),
    dim('░'.repeat(width)),
    dim(`░░░░░░ your photo ${'░'.repeat(width - 18)}`),
    dim('▒'.repeat(width)),
    bold(TITLE),
    DESCRIPTION,
    `${AUTHOR}  ${dim(DATE)}`,
  ],
  terminal: ({ site, host }, { colors: { bold, dim, green, inverse }, ends }) => [
    `${green(host)} ${dim('$')} cat a-river.md`,
    '',
    `${bold(green(TITLE))}${inverse(' ')}`,
    dim(DESCRIPTION),
    '',
    '',
    inverse(ends(` ${site}  #rivers`, '2026-03-05 ')),
  ],
  docs: ({ site, host }, { colors: { bold, cyan, dim }, ends }) => [
    ends(`● ${site}`, dim('│ ━━━━━━    ')),
    ends('', dim('│ ━━━━━━━━  ')),
    ends(cyan('Guide'), `${dim('│')} ${cyan('━━━━━━━')}   `),
    ends(bold(TITLE), dim('│   ━━━━━━  ')),
    ends(DESCRIPTION, dim('│   ━━━━    ')),
    ends('', dim('│ ━━━━━━━   ')),
    ends(dim(`${host}/guide/rivers`), dim('│ ━━━━━     ')),
  ],
  minimal: ({ site }, { colors: { bold, dim }, ends, width }) => [
    ends(`● ${site}`, dim(`${AUTHOR}   ${DATE}`)),
    dim('─'.repeat(width)),
    '',
    bold('What a river'),
    bold('remembers'),
    '',
    dim(DESCRIPTION),
  ],
  mosaic: ({ site }, { colors: { bold, cyan, dim }, ends }) => [
    ends(site, `${cyan('◤')}◆${cyan('◢')}●`),
    ends('', `●${cyan('◣')}◥${cyan('◆')}`),
    ends(bold('What a river'), `${cyan('◥')}●${cyan('◤')}◣`),
    ends(bold('remembers'), `◆${cyan('◢')}●${cyan('◥')}`),
    ends(dim('Notes from a year.'), `${cyan('●')}◤${cyan('◣')}◆`),
    ends('', `◢${cyan('◆')}◥${cyan('●')}`),
    ends(AUTHOR, `${cyan('◣')}●${cyan('◢')}◤`),
  ],
  quote: ({ site }, { colors: { bold, dim, italic, yellow }, ends }) => [
    ends(bold(yellow('❝')), site),
    '',
    italic(TITLE),
    '',
    '',
    bold(AUTHOR),
    dim(DESCRIPTION),
  ],
  release: ({ site }, { colors: { bold, cyan, dim }, ends, width }) => [
    ends(site, dim(DATE)),
    '',
    bold(`4.2${cyan('-rc.1')}`),
    '',
    bold(TITLE),
    dim(DESCRIPTION),
    cyan('┃') + dim('╷╷╷╷│'.repeat(width).slice(0, width - 1)),
  ],
  talk: ({ site }, { colors: { bold, dim }, ends, width }) => [
    ends(bold(site), DATE),
    '━'.repeat(width),
    '',
    bold(TITLE.toUpperCase()),
    DESCRIPTION,
    '',
    ends(`▶ ${dim('42 min')}`, bold(AUTHOR)),
  ],
  product: ({ site }, { colors: { bold, dim, inverse }, width }) => [
    middle(`${site} ${inverse(' €4 ')}`, width),
    '',
    middle(bold(TITLE), width),
    middle(dim(DESCRIPTION), width),
    '',
    middle(dim(`╭${'─'.repeat(20)}╮`), width),
    middle(dim(`│${' '.repeat(5)}your photo${' '.repeat(5)}│`), width),
  ],
  notebook: ({ site }, { colors: { bold, cyan, dim, italic }, ends, width }) => [
    ends(cyan(site), cyan('rivers')),
    dim(`┌${'─'.repeat(width - 2)}┐`),
    boxed(bold(TITLE), width),
    boxed(`${italic(AUTHOR)}, ${dim(DATE)}`, width),
    boxed('', width),
    boxed(dim('A proof, and how it came about'), width),
    dim(`└${'─'.repeat(width - 2)}┘`),
  ],
};

/** The templates that og-sync brings, in the order they are offered. */
export const SKETCHES: Readonly<Record<string, string>> = {
  default: 'a bold gradient; for any blog',
  editorial: 'paper, ink and a serif; for essays and magazines',
  cover: "the post's photograph, full size; for travel and food",
  terminal: 'a prompt and what it printed; for code and notes',
  docs: 'a page of documentation; for manuals and APIs',
  minimal: 'white, one line of facts, a large title; for portfolios',
  mosaic: 'a wall of tiles, laid anew for each post; for design and code',
  quote: "somebody's own words, large; for interviews and essays",
  release: 'the version, large and thin; for changelogs',
  talk: 'a poster in one loud colour; for talks and videos',
  product: 'a name, a price, a picture; for products and landing pages',
  notebook: 'a page on squared paper; for papers and notes',
};

/** The sketch of a template, framed, in at most `columns`; no lines for a template of the user's, or where there is no room. */
export function sketch(
  template: string,
  said: Sketched,
  { colors, columns }: { colors: Colors; columns: number },
): string[] {
  const layout = LAYOUTS[template];
  const width = Math.min(WIDEST, columns - 4);
  if (layout === undefined || width < NARROWEST) return [];
  const canvas = { colors, width, ends: endsOf(width) };
  const short = { site: cut(said.site), host: cut(said.host) };
  const side = colors.dim('│');
  const lines = layout(short, canvas).map((line) => `${side} ${canvas.ends(line, '')} ${side}`);
  const edge = '─'.repeat(width + 2);
  return [colors.dim(`╭${edge}╮`), ...lines, colors.dim(`╰${edge}╯`)];
}

function cut(text: string): string {
  let short = text;
  while (cells(short) > 15) short = short.slice(0, -1);
  return short === text ? text : `${short}…`;
}
