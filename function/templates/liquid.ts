/** The template language: Liquid, with every output escaped unless a template says `raw`. */
import { posix } from 'node:path';
import { filters, Liquid, LiquidError } from 'liquidjs';
import { FunctionError } from '../contract.ts';
import { safeColour } from '../text/colour.ts';
import { inlineOf } from './inline.ts';
import { dateLong, dateShort, host, initials, minutes, money, ownDay, pageName, vary } from './filters.ts';
import { version } from './version.ts';

/** Bounds for one card: ms, and units of memory as Liquid counts them. */
const LIMITS = { renderLimit: 2000, memoryLimit: 200_000_000, parseLimit: 50_000_000 };

const DATE_FILTERS = ['date', 'date_to_string', 'date_to_long_string', 'date_to_xmlschema', 'date_to_rfc822'];

const PARTIAL = /\.(?:liquid|html|svg)$/;

/**
 * An engine whose `render` and `include` find the files of a template and nothing else: by a path from the template's
 * folder, or from the file's own with "./" or "../". `prepared` makes of a file's text what is parsed; it may throw.
 */
export function createEngine(
  files: ReadonlyMap<string, Buffer>,
  prepared: (text: string, file: string) => string = (text) => text,
): Liquid {
  const exists = (path: string): boolean => PARTIAL.test(path) && files.has(path);
  const read = (path: string): string => prepared(files.get(path)?.toString('utf8') ?? '', path);
  const engine = new Liquid({
    ...LIMITS,
    fs: {
      sep: '/',
      dirname: (path) => posix.dirname(path),
      resolve: (folder, file) => posix.normalize(posix.join(folder, file)),
      exists: async (path) => exists(path),
      existsSync: exists,
      readFile: async (path) => read(path),
      readFileSync: read,
    },
    root: '.',
    outputEscape: 'escape',
    strictFilters: true,
    ownPropertyOnly: true,
    // A time is shown as it was written, in the words of no machine.
    preserveTimezones: true,
    timezoneOffset: 0,
    locale: 'en',
  });
  for (const name of DATE_FILTERS) {
    const filter = filters[name];
    if (typeof filter !== 'function') continue;
    engine.registerFilter(name, function shown(value, ...rest) {
      return filter.call(this, ownDay(value), ...rest);
    });
  }
  engine.registerFilter('date_long', dateLong);
  engine.registerFilter('date_short', dateShort);
  engine.registerFilter('initials', initials);
  engine.registerFilter('host', host);
  engine.registerFilter('page_name', pageName);
  engine.registerFilter(
    'color',
    (value: unknown, otherwise: unknown) => safeColour(value) ?? otherwise ?? '',
  );
  engine.registerFilter('minutes', minutes);
  engine.registerFilter('money', money);
  engine.registerFilter('version', version);
  engine.registerFilter('vary', vary);
  engine.registerFilter('px', scaled);
  engine.registerFilter('inline', { raw: true, handler: inline });
  return engine;
}

/** Raw, since it makes HTML: what it makes is escaped there. */
function inline(this: { context: { getSync(path: string[]): unknown } }, value: unknown): string {
  const { context } = this;
  return inlineOf(value, context.getSync(['post']) ?? {}, String(context.getSync(['lang'])));
}

/** A length on a card of 1200×630 → px on this card, for `data-fit`. */
function scaled(this: { context: { getSync(path: string[]): unknown } }, value: unknown): number {
  const scale = Number(this.context.getSync(['output', 'scale']));
  return Math.round(Number(value) * scale);
}

/** Names the template, line and cause of what Liquid throws. */
export function liquidFailure(name: string, error: unknown): FunctionError {
  if (error instanceof FunctionError) return error;
  // What `prepared` throws while a partial is read.
  if (LiquidError.is(error) && error.originalError instanceof FunctionError) return error.originalError;
  const message = error instanceof Error ? error.message : String(error);
  const where = LiquidError.is(error) ? placeOf(error) : '';
  const cause = message.replace(/, (?:file|line):.*$/s, '').replaceAll(/\s+/g, ' ');
  return new FunctionError(
    'template_failed',
    `The template "${name}" failed in ${where === '' ? 'card.html' : where}: ${cause}.`,
    'Correct that line; docs/template-reference.md says what is available.',
    { cause: error },
  );
}

function placeOf(error: LiquidError): string {
  const [line] = error.token.getPosition();
  return `${error.token.file ?? 'card.html'}, line ${line}`;
}
