/** Which spaces of a text hold its words together. docs/typography.md quotes the convention behind each rule, by its name. */

const NO_BREAK = '\u00a0';
/** Narrow, no break: what French sets before high punctuation. */
const NARROW = '\u202f';

/** Units whose case is part of them: in capitals, `mW` would be another one. */
export const UNIT_SIGNS =
  'km|m|cm|mm|µm|nm|mi|ft|kg|g|mg|t|lb|oz|l|ml|s|ms|µs|ns|min|h|Hz|kHz|MHz|GHz|W|kW|MW|GW|kWh|V|A|mAh|B|[kKMGTP]i?B|[kMGT]?bit|[kMGT]bps|fps|px|pt|em|rem|dpi|ppm|rpm|mph|km/h|км|м|см|мм|кг|г|мс|с|ч|мин';
const UNITS = `${UNIT_SIGNS}|%|‰|°|°C|°F|€|\\$|£|¥|₹|₽|kr|zł|Kč|Ft|CHF|EUR|USD|[ap]\\.?m\\.?|AM|PM|Uhr|million|billion|millions?|milliards?|millones|Mio\\.?|Mrd\\.?|Tsd\\.?|млн|млрд|тыс\\.?|руб\\.?|ГБ|МБ`;

/** Words that a number belongs to: `No. 5`, `§ 5`, `S. 12`, `n° 5`. */
const BEFORE_NUMBERS =
  'No|Nos|Nr|Fig|Figs|Abb|Ch|Kap|Vol|Bd|p|pp|S|Art|art|Abs|Eq|Sec|v|ver|n|nº|n°|№|§|§§|núm|pág|págs|fig|cap|tab|obr|č|str|s|стр|рис|гл|ст|т';
/** Titles that a name belongs to; with a full stop, and such that are written without. */
const BEFORE_NAMES =
  'Dr|Mr|Mrs|Ms|Mx|Prof|St|Ste|Sr|Sra|Mme|Mlle|M|Hr|Fr|Ing|Mgr|Bc|prof|doc|д-р|проф|акад|доц|г|гр|ул|им';
const BARE_TITLES = 'Mr|Mrs|Ms|Dr|Mme|Mlle';
/** Prepositions, conjunctions and particles of two letters that a heading in Russian or Ukrainian leaves at no line's end. */
const SHORT_CYRILLIC = 'во|до|за|из|ко|на|не|ни|но|об|от|по|со|із|зі|бо|та|що|як|же';

export interface SpacingRule {
  /** As docs/typography.md and the tests call it. */
  name: string;
  /** Finds one space, or a part of the text of which all spaces are meant. */
  space: RegExp;
  by: string;
  /** Base languages; all where there are none. */
  languages?: readonly string[];
  /** All languages but these. */
  except?: readonly string[];
}

type Where = Pick<SpacingRule, 'by' | 'languages' | 'except'>;

function rule(name: string, space: RegExp, where: Partial<Where> = {}): SpacingRule {
  return { name, space, by: NO_BREAK, ...where };
}

/** Emoji and what is like them, by themselves. */
const EMOJI = String.raw`(?:[\p{So}\p{Sk}\p{M}\p{Cf}]|[0-9#*]\uFE0F\u20E3){1,12}`;
/** A word of signs alone that opens nothing and is not said of what follows, as `§` and `$` are. */
const SIGNS = String.raw`(?:(?![§#№©@¿¡'"«‹„‚»›:;!?])[\p{Pd}\p{Pe}\p{Pf}\p{Po}\p{Sm}\p{Sk}]){1,6}`;
/** A short term, and what joins it to the next one: an operator or an arrow, no dash. */
const TERM = String.raw`[^\s,;:!?]{1,4}`;
const JOINS = String.raw`(?![–—-]+ )[\p{Sm}&*/\\-]{1,6}`;

const LETTER = String.raw`[\p{L}\p{M}]`;
const composed = (pattern: string): RegExp => new RegExp(pattern, 'gu');

/** In their order: what one has replaced, the next ones do not see as a space. */
export const SPACING_RULES: readonly SpacingRule[] = [
  rule('century', /(?<=(?<![\p{L}\d])[IVX]{1,9}e) (?=siècle)/gu, { languages: ['fr'] }),
  rule('century in Russian', /(?<=(?<![\p{L}\d])[IVX]{1,9}) (?=век|вв?\.|столет)/gu, { languages: ['ru'] }),
  // Where a century follows, the number belongs to it.
  rule('Roman numeral', /(?<=\p{L}\.?) (?=(?:[IVX]{2,}|[VX])(?:\.|e|er|º)?(?![\p{L}\d\u00a0]))/gu),
  rule('high punctuation', /(?<=\S) (?=[;!?]+(?:[\s»"”)]|$))/gu, { by: NARROW, languages: ['fr'] }),
  rule('spaced punctuation', /(?<=\S) (?=[:;!?]+(?:[\s»"”)]|$))/gu),
  rule('after an opening guillemet', /(?<=[«‹]) /gu),
  rule('before a closing guillemet', / (?=[»›])/gu),
  rule('short terms', composed(String.raw`(?<![^\s(])${TERM}(?: ${JOINS} ${TERM}){1,3}(?![^\s,;:!?.)])`)),
  rule('sign', composed(String.raw`(?<=\S) (?=${SIGNS}(?:\s|$))`)),
  // What a colon announces belongs to the word after it, as that does which begins the text.
  rule('emoji', composed(String.raw`(?<=[^\s:|]) (?=(?![⌘⌥⌃⇧])${EMOJI}(?:\s|[,.;:!?)]|$))`)),
  rule('emoji that announces', composed(String.raw`(?<=(?:^|[:|] )${EMOJI}) (?=\S)`)),
  rule('ellipsis', /(?<=\S) (?=…)/gu),
  rule('groups of digits', /(?<=(?<!\d)\d{1,3}) (?=\d{3}(?!\d))/gu),
  rule('unit', composed(String.raw`(?<=\d) (?=(?:${UNITS})(?!${LETTER}|\d))`)),
  rule('what is counted', /(?<=(?<![\d.,:-])\d{1,3}\.?) (?=\p{Ll})/gu, { languages: ['cs'] }),
  rule(
    'abbreviation of what is numbered',
    composed(String.raw`(?<=(?<!${LETTER})(?:${BEFORE_NUMBERS})\.?) (?=\d)`),
  ),
  rule('currency', /(?<=[€$£¥₹₽]) (?=\d)/gu),
  rule('before an operator', /(?<=\d) (?=x \d)/gu),
  rule('after an operator', /(?<=\d[ \u00a0][×x÷=±:]) (?=\d)/gu),
  rule('initial', composed(String.raw`(?<=(?<!${LETTER})\p{Lu}\.) (?=\p{Lu})`)),
  // Not the title of a name that follows.
  rule('after a name', /(?<=\p{L},?) (?=[JS]r(?:\.(?! \p{Lu})|(?![\p{L}.]| \p{Lu})))/gu),
  rule(
    'abbreviation of several words',
    composed(String.raw`(?<=(?<!${LETTER})${LETTER}{1,3}\.) (?=${LETTER}{1,2}\.)`),
  ),
  rule('abbreviated title', composed(String.raw`(?<=(?<!${LETTER})(?:${BEFORE_NAMES})\.) (?=\p{Lu})`)),
  rule('title', composed(String.raw`(?<=(?<!${LETTER})(?:${BARE_TITLES})) (?=\p{Lu})`)),
  rule('particle', /(?<=\S) (?=[的地得了着们們吗嗎呢吧])/gu, { languages: ['zh'] }),
  rule(
    'short word that begins a sentence',
    composed(
      String.raw`(?<=\p{L}{2}[ \u00a0\u202f]?[.:?!…]["”’»)]{0,2}\s[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{2,3}) (?=[\p{L}\d])`,
    ),
  ),
  // Nor does it begin what follows where it is the last term of an expression.
  rule(
    'word of one letter',
    composed(
      String.raw`(?<=(?<![\p{L}\p{M}\p{N}\u00a0'’.#+-])[\p{Script=Latin}\p{Script=Cyrillic}]) (?=[\p{L}\d"“„«(])`,
    ),
  ),
  rule(
    'short word in Cyrillic',
    new RegExp(String.raw`(?<=(?<![\p{L}\p{M}\d'’-])(?:${SHORT_CYRILLIC})) (?=[\p{L}\d«„(])`, 'giu'),
    { languages: ['ru', 'uk'] },
  ),
];

/** Seen last. A word of more than 14 signs before it would make one with it that no line holds. */
export const LAST_RULES: readonly SpacingRule[] = [
  // At most four signs, with its punctuation.
  rule('short last word', /(?<=(?:^|\s)\S{1,14}) (?=\S{1,4}$)/gu, { except: ['ko'] }),
  // A syllable is a sign.
  rule('single last syllable', /(?<=(?:^|\s)\S{1,14}) (?=\S[.!?]?$)/gu, { languages: ['ko'] }),
];

const months = new Map<string, SpacingRule[]>();

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
export function monthRules(language: string): readonly SpacingRule[] {
  const known = months.get(language);
  if (known !== undefined) return known;
  const any = monthsOf(language).join('|');
  const rules =
    any === ''
      ? []
      : [
          rule(
            'day before its month',
            new RegExp(
              String.raw`(?<=(?<!\d)\d{1,2}\.?(?:er|re|st|nd|rd|th|º)?(?: de)?) (?=(?:${any})(?!${LETTER}))`,
              'giu',
            ),
          ),
          rule(
            'day before "de"',
            new RegExp(String.raw`(?<=(?<!\d)\d{1,2}) (?=de[ \u00a0](?:${any})(?!${LETTER}))`, 'giu'),
          ),
          rule(
            'month before its day',
            new RegExp(String.raw`(?<=(?<!${LETTER})(?:${any})\.?) (?=\d{1,2}(?!\d))`, 'giu'),
          ),
        ];
  months.set(language, rules);
  return rules;
}
