/** What the environment says of a terminal: whether it takes colours, and whether it takes links. Pure. */
import type { Environment } from './settings.ts';

/** https://nodejs.org/api/cli.html#force_color1-2-3 */
const FORCED = new Set(['', '1', 'true', '2', '3']);

/**
 * Whether a stream is coloured, by Node's own rules: FORCE_COLOR before NO_COLOR and NODE_DISABLE_COLORS, and those before
 * what the terminal is. `terminal`: whether it is one.
 */
export function takesColors(environment: Environment, terminal: boolean): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return FORCED.has(forced);
  if (environment['NO_COLOR'] || environment['NODE_DISABLE_COLORS']) return false;
  return terminal && environment['TERM'] !== 'dumb';
}

/** The first version that takes links, by TERM_PROGRAM. */
const PROGRAMS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [20_200_620, 0],
  vscode: [1, 72],
  ghostty: [0, 0],
  zed: [0, 0],
};
const TERMS = new Set(['alacritty', 'xterm-kitty', 'xterm-ghostty']);

/**
 * Whether a stream takes links (OSC 8), by the rules of https://github.com/chalk/supports-hyperlinks: FORCE_HYPERLINK, then
 * what is known of the terminal. A pipe, a file and the log of a CI take none, and neither does what takes no colours.
 */
export function takesLinks(
  environment: Environment,
  terminal: boolean,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const forced = environment['FORCE_HYPERLINK'];
  if (forced) return Number.parseInt(forced, 10) !== 0;
  if (!terminal || !takesColors(environment, terminal)) return false;
  if (environment['CI'] || environment['TEAMCITY_VERSION']) return false;
  if (environment['WT_SESSION']) return true;
  if (platform === 'win32') return false;
  const {
    TERM_PROGRAM: program = '',
    TERM_PROGRAM_VERSION: version = '',
    VTE_VERSION: vte = '',
  } = environment;
  const least = PROGRAMS[program];
  if (least !== undefined) return environment['CURSOR_TRACE_ID'] ? true : isSince(version, least);
  if (vte !== '') return takesVteLinks(vte);
  return TERMS.has(environment['TERM'] ?? '');
}

/** `1.72.0`, `20240203-110809-5046fc22` */
function isSince(version: string, [major, minor]: readonly [number, number]): boolean {
  const [hasMajor = 0, hasMinor = 0] = version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
}

/** `7200` or `0.72.0`. In 0.50.0 a link ended the terminal. */
function takesVteLinks(vte: string): boolean {
  const short = /^(\d{1,2})(\d{2})$/.exec(vte);
  if (short !== null) return isSince(`0.${short[1]}`, [0, 50]) && vte !== '5000';
  return isSince(vte, [0, 50]) && vte !== '0.50.0';
}
