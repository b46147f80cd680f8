import { expect, test } from 'vitest';
import { keptCase } from './case.ts';

/** The text in capitals, as a style sheet sets it. */
function capitals(text: string): string {
  const kept = keptCase(text);
  return kept.reduce(
    (all, { from, to }) => all.slice(0, from) + text.slice(from, to) + all.slice(to),
    text.toUpperCase(),
  );
}

test.each([
  ['a version', 'Harbour v1.64.0-rc.2 and 2.0-beta', 'HARBOUR v1.64.0-rc.2 AND 2.0-beta'],
  [
    'an address',
    'See https://example.org/a or www.example.org',
    'SEE https://example.org/a OR www.example.org',
  ],
  ['a mail and a handle', 'Ask me@example.org or @mira', 'ASK me@example.org OR @mira'],
  ['an identifier', 'Why useEffect and snake_case matter', 'WHY useEffect AND snake_case MATTER'],
  ['code', 'From std::move to foo() or Node.js', 'FROM std::move TO foo() OR Node.js'],
  ['a path', 'What is in /etc/hosts and src/lib/index', 'WHAT IS IN /etc/hosts AND src/lib/index'],
  ['a flag', 'Builds with --watch and -x', 'BUILDS WITH --watch AND -x'],
  ['a unit', 'It took 250 ms for 10 km or 5kg', 'IT TOOK 250 ms FOR 10 km OR 5kg'],
  ['a unit behind a narrow space', 'De 10\u202fkm', 'DE 10\u202fkm'],
  ['what is counted', 'Over 5 million rows', 'OVER 5 MILLION ROWS'],
  ['an expression', 'Notes on a ≠ b, x² + y and f -> g', 'NOTES ON a ≠ b, x² + y AND f -> g'],
  ['a name that begins small', 'iOS and macOS on eBay', 'iOS AND macOS ON eBay'],
  ['acronyms in the plural', 'PDFs, APIs and URLs', 'PDFs, APIs AND URLs'],
  ['a decade and an ordinal', 'The 90s, the 2nd time, 10x faster', 'THE 90s, THE 2nd TIME, 10x FASTER'],
  ['a French century', 'Paris au XXe siècle', 'PARIS AU XXe SIÈCLE'],
  ['no article', 'Le 5 mai, Ce soir', 'LE 5 MAI, CE SOIR'],
  ['a file', 'Reading package.json and .env', 'READING package.json AND .env'],
  [
    'no word',
    'The pre-Columbian TCP/IP and/or e-mail of l’Europe',
    'THE PRE-COLUMBIAN TCP/IP AND/OR E-MAIL OF L’EUROPE',
  ],
  ['no sentence', 'It ends. And begins: GitHub (maybe)!', 'IT ENDS. AND BEGINS: GITHUB (MAYBE)!'],
])('%s keeps its case in capitals', (_, text, expected) => {
  expect(capitals(text)).toBe(expected);
});
