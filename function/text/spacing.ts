/**
 * Which spaces of a text hold its words together. Each is replaced by one that does not break, one for one, so that marks
 * keep their places. docs/typography.md names the convention behind each rule.
 */

const NO_BREAK = '\u00a0';
/** Narrow, no break: what French sets before high punctuation. */
const NARROW = '\u202f';

const UNITS =
  '%|‰|°|°C|°F|€|\\$|£|¥|₹|₽|kr|zł|Kč|Ft|CHF|EUR|USD|km|m|cm|mm|µm|nm|mi|ft|kg|g|mg|t|lb|oz|l|ml|s|ms|µs|ns|min|h|Hz|kHz|MHz|GHz|W|kW|MW|GW|kWh|V|A|mAh|B|[kKMGTP]i?B|[kMGT]?bit|[kMGT]bps|fps|px|pt|em|rem|dpi|ppm|rpm|mph|km/h|[ap]\\.?m\\.?|AM|PM|Uhr|million|billion|millions?|milliards?|millones|Mio\\.?|Mrd\\.?|Tsd\\.?|млн|млрд|тыс\\.?|руб\\.?|км|м|см|мм|кг|г|ГБ|МБ|мс|с|ч|мин';

/** Words that a number belongs to: `No. 5`, `§ 5`, `S. 12`, `n° 5`. */
const BEFORE_NUMBERS =
  'No|Nos|Nr|Fig|Figs|Abb|Ch|Kap|Vol|Bd|p|pp|S|Art|art|Abs|Eq|Sec|v|ver|n|nº|n°|№|§|§§|núm|fig|cap|tab|č|str|s|стр|рис|гл|ст|т';
/** Titles that a name belongs to. */
const BEFORE_NAMES = 'Dr|Mr|Mrs|Ms|Mx|Prof|St|Ste|Sr|Sra|Mme|Mlle|M|Hr|Fr|Ing|Mgr|д-р|проф|г|ул|им';

interface Rule {
  /** Finds one space. */
  space: RegExp;
  by?: string;
  /** Base languages; all where there are none. */
  languages?: readonly string[];
}

const LETTER = String.raw`[\p{L}\p{M}]`;

const RULES: readonly Rule[] = [
  // French: a narrow space before high punctuation, a full one before a colon and within guillemets.
  { space: /(?<=\S) (?=[;!?]+(?:[\s»"”)]|$))/gu, by: NARROW, languages: ['fr'] },
  { space: /(?<=\S) (?=[:;!?]+(?:[\s»"”)]|$))/gu },
  { space: /(?<=[«‹]) /gu },
  { space: / (?=[»›])/gu },
  // A dash begins no line.
  { space: /(?<=\S) (?=[–—-]{1,3} )/gu },
  // Numbers: their groups, their units, the words that they belong to.
  { space: /(?<=(?<!\d)\d{1,3}) (?=\d{3}(?!\d))/gu },
  { space: new RegExp(String.raw`(?<=\d) (?=(?:${UNITS})(?!${LETTER}|\d))`, 'gu') },
  { space: new RegExp(String.raw`(?<=(?<!${LETTER})(?:${BEFORE_NUMBERS})\.?) (?=\d)`, 'gu') },
  { space: /(?<=[€$£¥₹₽]) (?=\d)/gu },
  { space: /(?<=\d) (?=[×x÷=±] \d)/gu },
  { space: /(?<=\d [×x÷=±]) (?=\d)/gu },
  // Names: initials, titles. Abbreviations of several letters: `z. B.`, `i. d. R.`, `т. е.`
  { space: new RegExp(String.raw`(?<=(?<!${LETTER})\p{Lu}\.) (?=\p{Lu})`, 'gu') },
  { space: new RegExp(String.raw`(?<=(?<!${LETTER})${LETTER}\.) (?=${LETTER}{1,2}\.)`, 'gu') },
  { space: new RegExp(String.raw`(?<=(?<!${LETTER})(?:${BEFORE_NAMES})\.) (?=\p{Lu})`, 'gu') },
  { space: new RegExp(String.raw`(?<=(?<!${LETTER})(?:Mr|Mrs|Ms|Dr|Mme|Mlle)) (?=\p{Lu})`, 'gu') },
  { space: /(?<=(?<![\p{L}\d])[IVXL]+e) (?=siècle)/gu, languages: ['fr'] },
  // Chinese: what belongs to the word before it begins no line, also after Latin letters.
  { space: /(?<=\S) (?=[的地得了着们們吗嗎呢吧])/gu, languages: ['zh'] },
  // A word of one letter ends no line.
  {
    space: new RegExp(
      String.raw`(?<=(?<![\p{L}\p{M}\d'’.#+-])[\p{Script=Latin}\p{Script=Cyrillic}]) (?=[\p{L}\d"“„«(])`,
      'gu',
    ),
  },
];

/** A short last word: at most four characters, with its punctuation. */
const LAST = /(?<=[^\s\u00a0\u202f]) (?=\S{1,4}$)/u;
/** In Korean a syllable is a character, and one alone is short. */
const LAST_SYLLABLE = /(?<=[^\s\u00a0\u202f]) (?=\S[.!?]?$)/u;
/** A word before it that is longer than that would only make one that no line holds. */
const LONGEST_BEFORE_LAST = 14;

const months = new Map<string, Rule[]>();

/** Names of months, long and short. None for an unknown language: it would get those of the machine's own. */
function monthsOf(language: string): string[] {
  if (!/^[a-z]{2,3}$/.test(language) || Intl.DateTimeFormat.supportedLocalesOf(language).length === 0)
    return [];
  const names = (['long', 'short'] as const).flatMap((style) => {
    const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => {
      const parts = format.formatToParts(new Date(Date.UTC(2024, month, 5)));
      return parts.find(({ type }) => type === 'month')?.value.replace(/\.$/, '') ?? '';
    });
  });
  return [...new Set(names)].filter((name) => /^\p{L}{3,}$/u.test(name));
}

/** `5 March`, `March 5`, `5. März`, `5 de mayo`: as the language names its months. */
function monthRules(language: string): Rule[] {
  const known = months.get(language);
  if (known !== undefined) return known;
  const any = monthsOf(language).join('|');
  const rules =
    any === ''
      ? []
      : [
          {
            space: new RegExp(
              String.raw`(?<=(?<!\d)\d{1,2}\.?(?:er|re|st|nd|rd|th|º)?(?: de)?) (?=(?:${any})(?!${LETTER}))`,
              'giu',
            ),
          },
          {
            space: new RegExp(String.raw`(?<=(?<!\d)\d{1,2}) (?=de[ \u00a0](?:${any})(?!${LETTER}))`, 'giu'),
          },
          { space: new RegExp(String.raw`(?<=(?<!${LETTER})(?:${any})\.?) (?=\d{1,2}(?!\d))`, 'giu') },
        ];
  months.set(language, rules);
  return rules;
}

/** The text, with spaces that do not break where its words belong together. As long as it was. */
export function bound(text: string, language: string): string {
  if (!text.includes(' ')) return text;
  const [base = ''] = language.split('-');
  const rules = /\d/.test(text) ? [...RULES, ...monthRules(base)] : RULES;
  let held = text;
  for (const { space, by = NO_BREAK, languages } of rules)
    if (languages?.includes(base) ?? true) held = held.replaceAll(space, by);
  return holdLast(held, base);
}

function holdLast(text: string, language: string): string {
  const at = text.search(language === 'ko' ? LAST_SYLLABLE : LAST);
  if (at < 0) return text;
  const before = text.slice(0, at).split(/\s/).at(-1) ?? '';
  return before.length > LONGEST_BEFORE_LAST ? text : `${text.slice(0, at)}${NO_BREAK}${text.slice(at + 1)}`;
}
