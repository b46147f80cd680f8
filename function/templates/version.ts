/** The filter `version`: which version the title of a release names. Pure. */

const VERSION =
  /(?<![^\s([])v?\d{1,5}(?:\.\d{1,5}){1,3}(?:-([a-z]{1,10})(?:[.-]?\d{1,5})?)?(?![\w%-]|[.,]\d)/gi;
const STAGES = new Set(
  'alpha beta rc pre preview dev next canary nightly snapshot insiders lts final ga ea m a b'.split(' '),
);
/** Words before a version that is at the end of its title, or of the first part of it: `What is new in Django 5.1`. */
const MOST_BEFORE = 4;
/** Words before one that a sentence goes on after: `Harbour Desktop 1.64.0 brings streams`. */
const MOST_NAME = 2;
/** Before two numbers, which may be any decimal: a name, or what is said of versions. */
const NAME = /^(?:\p{Lu}|\p{Lo}|(?:version|release|in)$)|\p{Lu}/u;
const ANNOUNCED = /^ (?:is|are|has|was|now|out|released|available)(?!\p{L})/u;

/**
 * The version that a release's title has, with its name at the start or at the end: `Tidewater 4.2.0-beta.1 is out` →
 * `4.2.0-beta.1`. Empty where there is none, or more than one, and where the title is about something else.
 */
export function version(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const [found, another] = [...text.matchAll(VERSION)];
  if (found === undefined || another !== undefined) return '';
  const [shown, stage] = found;
  if (stage !== undefined && !STAGES.has(stage.toLowerCase())) return '';
  const before = text.slice(0, found.index).match(/\S+/g) ?? [];
  const after = text.slice(found.index + shown.length);
  const isAddress = /^\d+(?:\.\d+){3}$/.test(shown);
  const isDecimal = /^\d+\.\d+$/.test(shown);
  if (isDecimal && before.length > 0 && !NAME.test(before.at(-1) ?? '')) return '';
  const isClosed =
    !/[\p{L}\p{N}]/u.test(after) || /^\s?[^\p{L}\p{N}\s]/u.test(after) || ANNOUNCED.test(after);
  if (isClosed) return before.length <= MOST_BEFORE ? shown : '';
  return !isDecimal && !isAddress && before.length <= MOST_NAME ? shown : '';
}
