/** Each rule has rows here, and none of them would hold without it. `~` stands for a space that does not break, `^` for a narrow one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.ts';
import { LAST_RULES, SPACING_RULES, monthRules } from './spacing-rules.ts';
import { bound, rulesOf } from './spacing.ts';

const ROWS: readonly (readonly [rule: string, language: string, text: string])[] = [
  ['high punctuation', 'fr', 'Pourquoi donc^? Parce que^! Voyez^; lisez cela^?!'],
  ['spaced punctuation', 'fr', 'Le voici~: regardez comment'],
  ['spaced punctuation', 'de', 'Warum denn~? Einmal altes Leerzeichen'],
  ['after an opening guillemet', 'fr', 'Le mot «~essai» seulement'],
  ['after an opening guillemet', 'de', 'Das Wort ‹~Versuch› allein'],
  ['before a closing guillemet', 'fr', 'Le mot «essai~» seulement'],
  ['short terms', 'en', 'Notes on x²~+~H₂O and a~≠~b there'],
  ['short terms', 'en', 'What R~&~D costs, or 2~*~3~*~4~<~5 (f~->~g) again'],
  ['short terms', 'en', 'Chains ab~→~cd~→~ef~→~gh~→ ij~→~kl~→~mn there'],
  ['sign', 'ru', 'Живут~— говорят~– радуются'],
  ['sign', 'en', 'Warm~— warmer~- warmest'],
  ['sign', 'en', 'Callbacks~-> promises~→ await~⇒ nothing'],
  ['sign', 'en', 'Latency~≠ throughput~+ patience~= everything'],
  ['sign', 'en', 'Design~& construction~/ maintenance~| repairs~· others'],
  ['sign', 'en', 'Waiting~... parentheses~) brackets~] braces'],
  ['sign', 'en', 'Well~.~.~. perhaps tomorrow'],
  ['emoji', 'en', 'Friday afternoon~🚀 and sleeping~😴, anyhow'],
  ['emoji', 'en', 'Developers~👩🏽‍💻 everywhere~1️⃣~🇳🇱 again'],
  ['emoji', 'en', 'Letters~✉︎ and pencils'],
  ['emoji that announces', 'en', '🚀~Launching everything'],
  ['emoji that announces', 'en', 'Announcement: 🎉~everything works'],
  ['ellipsis', 'en', 'Waiting~… wondering~…whether'],
  ['groups of digits', 'fr', 'Plus de 10~000~000 personnes'],
  ['groups of digits', 'de', 'Mit 25~000 Seiten gebaut'],
  ['unit', 'en', 'Only 5~kg and 10~GB at 40~% cheaper'],
  ['unit', 'ru', 'Всего 5~кг муки осталось'],
  ['unit', 'de', 'Um 20~Uhr kostet alles 5~€ weniger'],
  ['what is counted', 'cs', 'Za 365~dní kolem světa, 8.~kapitola nahlas'],
  ['abbreviation of what is numbered', 'en', 'See No.~5 or Fig.~12 there'],
  ['abbreviation of what is numbered', 'de', 'Nach §~5 und S.~12 gelesen'],
  ['abbreviation of what is numbered', 'fr', 'Selon l’art.~9 lisible'],
  ['abbreviation of what is numbered', 'es', 'Vea la pág.~14 entera'],
  ['currency', 'nl', 'Voor €~25 thuisbezorgd'],
  ['before an operator', 'en', 'Photographs 3~x~4 printed'],
  ['after an operator', 'en', 'Photographs 19200~×~10800 printed'],
  ['after an operator', 'de', 'Im Maßstab 1~:~50 gezeichnet'],
  ['Roman numeral', 'fr', 'Quand Louis~XIV dansait'],
  ['Roman numeral', 'en', 'Before World War~II began'],
  ['Roman numeral', 'cs', 'Jak Karel~IV. stavěl'],
  ['Roman numeral', 'es', 'Cartas del s.~XVI encontradas'],
  ['century', 'fr', 'Paris durant XIXe~siècle finissant'],
  ['century in Russian', 'ru', 'Дома XIX~века сегодня'],
  ['initial', 'en', 'Why J.~R.~R.~Tolkien walked'],
  ['initial', 'ru', 'Письма Д.~Б.~Кирсанова другу'],
  ['abbreviation of several words', 'de', 'Katzen, z.~B. graue, und i.~d.~R. ältere'],
  ['abbreviation of several words', 'cs', 'Firma, s.~r.~o. nebo př.~n.~l. dávno'],
  ['abbreviation of several words', 'es', 'Gatos, p.~ej. grises'],
  ['abbreviated title', 'de', 'Warum Dr.~Schmidt lacht'],
  ['abbreviated title', 'es', 'Cuando Sr.~González habla'],
  ['abbreviated title', 'uk', 'Лекція проф.~Гончаренка завтра'],
  ['title', 'fr', 'Quand Mme~Curie cherchait'],
  ['after a name', 'en', 'Letters from Martin Luther King~Jr. reprinted'],
  ['after a name', 'en', 'Letters from Sammy Davis,~Jr. reprinted'],
  ['particle', 'zh', '我们用 Rust~的写法编译系统程序'],
  ['short word that begins a sentence', 'en', 'Research at Harbour: the~lost memorandums'],
  ['short word that begins a sentence', 'hu', 'Hogyan mérjük? Tíz~egyszerű szabályzat'],
  ['short word that begins a sentence', 'fr', 'Mesurer davantage^! Les~surprises arrivent'],
  ['short word that begins a sentence', 'el', 'Μικρές ομάδες: και~μεγάλες ιδέες'],
  ['word of one letter', 'cs', 'Večer v~Praze kavárny s~kamarády končí'],
  ['word of one letter', 'pl', 'Jesienią w~domu zimno'],
  ['word of one letter', 'ru', 'Ночью в~городе тихонько'],
  ['word of one letter', 'en', 'Once a~dog barks'],
  ['short word in Cyrillic', 'ru', 'Почему на~кухне всегда не~хватает чашек'],
  ['short word in Cyrillic', 'uk', 'Чому на~кухні завжди не~вистачає чашок'],
  ['day before its month', 'de', 'Seit 5.~März geschlossen'],
  ['day before its month', 'en', 'Since 5~March closed'],
  ['day before its month', 'fi', 'Alkaen 5.~maaliskuuta suljettu'],
  ['day before "de"', 'es', 'Desde 5~de~mayo cerrado'],
  ['month before its day', 'en', 'Since March~5 closed'],
  ['month before its day', 'hu', 'Zárva március~5 napjának délelőttje óta nyitva'],
  ['short last word', 'en', 'What nobody ever told~us'],
  ['short last word', 'de', 'Was niemand jemals gesagt~hat.'],
  ['single last syllable', 'ko', '모든 것들과 그 밖의 일~등'],
];

const NAMES = new Set([...SPACING_RULES, ...monthRules('es'), ...LAST_RULES].map(({ name }) => name));

const shown = (text: string): string => text.replaceAll('\u00a0', '~').replaceAll('\u202f', '^');
const given = (text: string): string => text.replaceAll(/[~^]/g, ' ');

test.each(ROWS)('%s, in %s: %s', (_, language, text) => {
  expect(shown(bound(given(text), language))).toBe(text);
});

test.each(ROWS)('without the rule "%s", in %s, another text would be made of: %s', (name, language, text) => {
  const others = rulesOf(language).filter((rule) => rule.name !== name);
  expect(shown(bound(given(text), language, others))).not.toBe(text);
});

describe('each rule', () => {
  test('has a row, and each row a rule', () => {
    expect(new Set(ROWS.map(([name]) => name))).toEqual(NAMES);
  });

  test('has its convention in docs/typography.md, under its name', () => {
    const page = readFileSync(join(PACKAGE_ROOT, 'docs/typography.md'), 'utf8');
    const cells = [...page.matchAll(/^\| (_[^|]+_) \|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/_([^_]+)_/g)].map(([, name]) => name));
    expect(new Set(named)).toEqual(NAMES);
  });
});

test.each([
  ['en', 'Version 2|working again'],
  ['en', 'Buy 2|cars and 31|bikes today'],
  ['en', 'Our|CI runs|LLVM everywhere'],
  ['en', 'What they|did. Nobody|answered'],
  ['en', 'They say No|answers came'],
  ['en', 'Tomorrow § 5 “|quoted|words” there'],
  ['en', 'Press|⌘ Escape there'],
  ['cs', 'Rok 2020|jsme zvládli'],
  ['ru', 'Какая|она большая'],
  ['ru', 'Напишите мне|завтра'],
  ['tlh', 'Seit 5.|März geschlossen'],
  ['de', 'Wir lesen|wieder'],
  ['ko', '작은|팀의|이야기'],
])('words that do not belong together may part, in %s: %s', (language, text) => {
  const held = bound(text.replaceAll('|', ' '), language);
  for (const { index } of text.matchAll(/\|/g)) expect(held[index]).toBe(' ');
});
