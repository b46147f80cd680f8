import { expect, test } from 'vitest';
import { takesColors, takesLinks } from './terminal.ts';

test.each<[Record<string, string>, terminal: boolean, pipe: boolean]>([
  [{}, true, false],
  [{ FORCE_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: 'true' }, true, true],
  [{ FORCE_COLOR: '2' }, true, true],
  [{ FORCE_COLOR: '3' }, true, true],
  [{ FORCE_COLOR: '0' }, false, false],
  [{ FORCE_COLOR: 'false' }, false, false],
  [{ FORCE_COLOR: '4' }, false, false],
  [{ NO_COLOR: '1' }, false, false],
  [{ NO_COLOR: '' }, true, false],
  [{ NODE_DISABLE_COLORS: '1' }, false, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: '1', NODE_DISABLE_COLORS: '1', TERM: 'dumb' }, true, true],
  [{ FORCE_COLOR: '0', NO_COLOR: '' }, false, false],
  [{ TERM: 'dumb' }, false, false],
])('colours with %j: on a terminal %s, in a pipe %s', (environment, terminal, pipe) => {
  expect([takesColors(environment, true), takesColors(environment, false)]).toEqual([terminal, pipe]);
});

test.each<[Record<string, string>, boolean]>([
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'alacritty' }, true],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }, false],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.1.0' }, true],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '4.0' }, true],
  [{ TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }, true],
  [{ TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20200608-1-a' }, false],
  [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.71.2' }, false],
  [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.72.0' }, true],
  [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '0.4.1', CURSOR_TRACE_ID: 'x' }, true],
  [{ TERM_PROGRAM: 'ghostty' }, true],
  [{ TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455' }, false],
  [{ VTE_VERSION: '7200' }, true],
  [{ VTE_VERSION: '0.72.0' }, true],
  [{ VTE_VERSION: '4902' }, false],
  [{ VTE_VERSION: '0.50.0' }, false],
  [{ WT_SESSION: 'x' }, true],
  [{ WT_SESSION: 'x', CI: 'true' }, false],
  [{ TERM: 'xterm-kitty', CI: 'true' }, false],
  [{ TERM: 'xterm-kitty', TEAMCITY_VERSION: '2025' }, false],
  [{ TERM: 'xterm-kitty', NO_COLOR: '1' }, false],
  [{ TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }, false],
  [{ FORCE_HYPERLINK: '1' }, true],
])('links with %j: %s', (environment, takes) => {
  expect(takesLinks(environment, true, 'linux')).toBe(takes);
  expect(takesLinks(environment, false, 'linux')).toBe(environment['FORCE_HYPERLINK'] === '1');
});

test('a console of Windows takes no links, its newer terminal does', () => {
  expect(takesLinks({ TERM: 'alacritty' }, true, 'win32')).toBe(false);
  expect(takesLinks({ WT_SESSION: 'x' }, true, 'win32')).toBe(true);
});
