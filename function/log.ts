/** One JSON line per event, safe to read in any log viewer whatever a title holds. */

import { bounded } from './text/bound.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, record: Readonly<Record<string, unknown>>) => void;

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Control codes, line separators and bidirectional overrides could forge or hide a line; JSON escapes only some. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A line that is longer would be cut by what collects it (CloudWatch: 256 KB), and then be no JSON. */
const MAX_LINE = 100_000;

/**
 * JSON in which every control, format and line-separator character is escaped, bounded in length whatever the record
 * holds. Never throws.
 */
export function encodeLine(record: Readonly<Record<string, unknown>>): string {
  try {
    const line = escaped(JSON.stringify(bounded(record)));
    if (line.length <= MAX_LINE) return line;
    return escaped(JSON.stringify({ ...scalars(record), shortened: `${line.length} characters` }));
  } catch {
    return '{"event":"unloggable"}';
  }
}

/** What distinguishes one line from another: short texts and numbers on its first level. */
function scalars(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const short = Object.entries(record).filter(
    ([, value]) => typeof value === 'number' || (typeof value === 'string' && value.length <= 200),
  );
  return Object.fromEntries(short.slice(0, 20));
}

function escaped(json: string): string {
  return json.replaceAll(UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => String.raw`\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** A log that hands each line at or above `level` to `write`, with a time stamp from `now`. Never throws. */
export function createLog(write: (line: string) => void, level: LogLevel, now: () => Date): Log {
  return quietly((at, record) => {
    if (ORDER[at] < ORDER[level]) return;
    write(encodeLine({ time: now().toISOString(), level: at, ...record }));
  });
}

/** The same log, whose faults are nobody else's: what is being answered is worth more than a line about it. */
export function quietly(log: Log): Log {
  return (level, record) => {
    try {
      log(level, record);
    } catch {
      // There is no place left to say so.
    }
  };
}

/** Causes of causes that are logged. */
const CAUSES = 5;

/** Name, message, code and cause of anything thrown, for a log; never its enumerable fields, which may hold secrets. */
export function describeError(error: unknown, causes = CAUSES): Record<string, unknown> {
  try {
    if (!(error instanceof Error)) return { message: String(error) };
    const { code } = error as { code?: unknown };
    return {
      name: error.name,
      message: error.message,
      ...(typeof code === 'string' && { code }),
      stack: error.stack,
      ...(error.cause !== undefined && causes > 0 && { cause: describeError(error.cause, causes - 1) }),
    };
  } catch {
    return { message: '(an error that cannot be read)' };
  }
}
