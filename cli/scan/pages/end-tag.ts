/** Where an end tag ends. Its attributes mean nothing, but a ">" in quotes is not its end (HTML standard, "Tokenization"). */
const SPACE_OR_SLASH = /[\t\n\f\r /]/;
const NAME_END = /[\t\n\f\r />=]/;
const SPACE = /[\t\n\f\r ]/;
const VALUE_END = /[\t\n\f\r >]/;

/** The position behind the ">" of the end tag whose name ends at `at`; -1 when the text ends before. */
export function endOfEndTag(text: string, at: number): number {
  const skip = (end: RegExp, whether: boolean): void => {
    while (at < text.length && end.test(text.charAt(at)) === whether) at += 1;
  };
  for (;;) {
    skip(SPACE_OR_SLASH, true);
    if (at >= text.length) return -1;
    if (text[at] === '>') return at + 1;
    // A name may begin with "=".
    at += 1;
    skip(NAME_END, false);
    skip(SPACE, true);
    if (text[at] !== '=') continue;
    at += 1;
    skip(SPACE, true);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") {
      skip(VALUE_END, false);
      continue;
    }
    const closing = text.indexOf(quote, at + 1);
    if (closing < 0) return -1;
    at = closing + 1;
  }
}
