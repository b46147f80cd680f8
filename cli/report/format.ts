/** Numbers as a person reads them, and text that cannot play tricks on a terminal. */

/** `812 B`, `14.2 kB`, `3.1 MB`: powers of 1,000, as disks and S3 bills count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `340 ms`, `1.9 s`, `2 min 5 s`, `1 h 2 min`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `$0.42`; less than a cent is not shown more exactly. */
export function formatDollars(dollars: number): string {
  return dollars < 0.01
    ? 'less than $0.01'
    : `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** `1 image`, `2,300 images`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/**
 * Titles and file names come from strangers: control codes, bidirectional overrides and commands of a CI are shown, not
 * obeyed.
 */
export function safe(text: string): string {
  return withoutCommands(text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, escaped));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** One line that GitHub's runner takes for no command: those are `##[…]` anywhere, and `::…::` at the start of a line. */
export function withoutCommands(line: string): string {
  const shown = line.replaceAll('##[', `##${escaped('[')}`);
  return shown.trimStart().startsWith('::') ? shown.replace(':', escaped(':')) : shown;
}

/** Like `safe`, but line breaks stay: for messages of ours that have several lines. */
export function safeLines(text: string): string {
  return text.split('\n').map(safe).join('\n');
}
