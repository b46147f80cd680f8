/** How much of a foreign text is shown, logged or answered. */

/** The text, or its beginning with what was left out: `abc… (1,234 characters)`. Never cut within a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}… (${text.length} characters)`;
}

export interface Bounds {
  /** Objects in each other. */
  depth: number;
  /** Values in all. */
  values: number;
}

/**
 * Says what makes a value more than a schema should look at, or null: schemas descend, and their complaints grow with what
 * they find. Takes no stack and looks at no more than `values` values.
 */
export function boundsProblem(value: unknown, { depth, values }: Bounds): string | null {
  const waiting: { value: unknown; level: number }[] = [{ value, level: 0 }];
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    seen += 1;
    if (seen > values) return `it holds more than ${values} values`;
    if (typeof next.value === 'number' && !Number.isFinite(next.value))
      return 'it holds a number that is too large for JSON';
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.level >= depth) return `it is nested more than ${depth} deep`;
    const children = Object.values(next.value);
    if (seen + waiting.length + children.length > values) return `it holds more than ${values} values`;
    for (const child of children) waiting.push({ value: child, level: next.level + 1 });
  }
  return null;
}

const SHOWN = { text: 4000, items: 100, depth: 8, values: 2000 } as const;

/** The same value, as much of it as a log or an answer may hold. What cannot be read says so; nothing is thrown. */
export function bounded(value: unknown): unknown {
  let left: number = SHOWN.values;

  function shorten(one: unknown, level: number): unknown {
    left -= 1;
    if (typeof one === 'string') return clip(one, SHOWN.text);
    if (typeof one === 'bigint') return clip(one.toString(), SHOWN.text);
    if (typeof one !== 'object' || one === null) return one;
    if (level >= SHOWN.depth || left <= 0) return '…';
    try {
      if (one instanceof Date) return Number.isNaN(one.getTime()) ? null : one.toISOString();
      return Array.isArray(one) ? list(one, level) : record(one, level);
    } catch {
      return '(cannot be read)';
    }
  }

  function list(all: readonly unknown[], level: number): unknown[] {
    const shown = all.slice(0, SHOWN.items).map((item) => shorten(item, level + 1));
    return all.length > SHOWN.items ? [...shown, `… and ${all.length - SHOWN.items} more`] : shown;
  }

  function record(one: object, level: number): Record<string, unknown> {
    const shown: [string, unknown][] = [];
    for (const key in one) {
      if (!Object.hasOwn(one, key)) continue;
      if (shown.length === SHOWN.items) {
        shown.push(['…', 'and more']);
        break;
      }
      shown.push([clip(key, 200), shorten((one as Record<string, unknown>)[key], level + 1)]);
    }
    return Object.fromEntries(shown);
  }

  return shorten(value, 0);
}
