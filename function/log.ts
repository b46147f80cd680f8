/** One JSON line per event, safe to read in any log viewer whatever a title holds. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, record: Readonly<Record<string, unknown>>) => void;

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Control codes, line separators and bidirectional overrides could forge or hide a line; JSON escapes only some. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON in which every control, format and line-separator character is escaped. */
export function encodeLine(record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(record).replaceAll(UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => String.raw`\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** A log that hands each line at or above `level` to `write`, with a time stamp from `now`. */
export function createLog(write: (line: string) => void, level: LogLevel, now: () => Date): Log {
  return (at, record) => {
    if (ORDER[at] < ORDER[level]) return;
    write(encodeLine({ time: now().toISOString(), level: at, ...record }));
  };
}

/** Name, message, code and cause of anything thrown, for a log; never its enumerable fields, which may hold secrets. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
