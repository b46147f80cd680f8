import { afterAll, describe, expect, test } from 'vitest';
import { openTitles } from '../testing/title-lines.ts';

const { draw, close } = await openTitles();
afterAll(close);

/** Where each phrase ends, as the text so far. */
function ends(text: string, phrases: readonly string[]): Set<string> {
  let at = 0;
  return new Set(phrases.map((phrase) => text.slice(0, (at += phrase.length))));
}

const bare = (text: string): string => text.replaceAll(/\s/g, '');

/** The title at many widths: which of these parts were ever on two lines. */
async function broken(lang: string, title: string, parts: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (let width = 320; width <= 700; width += 40) {
    const { lines } = await draw(lang, title, {
      style: `width:${width}px;text-wrap:wrap`,
      fit: 'data-lines="9"',
    });
    for (const part of parts)
      if (!lines.some((line) => line.includes(bare(part))))
        found.add(`${part} at ${width}: ${lines.join(' / ')}`);
  }
  return [...found];
}

describe('no line ends inside of', () => {
  test.each<[what: string, lang: string, title: string, parts: string[]]>([
    ['an arrow', 'en', 'Why f -> g is not f => g, nor a --> b, in words', ['->', '=>', '-->']],
    ['a flag', 'en', 'Run with --watch and -x or --dry-run=all today', ['--watch', '-x', '--dry-run=all']],
    [
      'a name with signs',
      'en',
      'From C++ and F# to Node.js on TCP/IP with a||b',
      ['C++', 'F#', 'Node.js', 'TCP/IP', 'a||b'],
    ],
    ['a version', 'en', 'Release 1.64.0-rc.2 after version 1.63.9 came', ['1.64.0-rc.2', '1.63.9']],
    [
      'a compound',
      'en',
      'The pre-release of our state-of-the-art e-mail',
      ['pre-release', 'state-of-the-art', 'e-mail'],
    ],
    ['an identifier', 'en', 'What CVE-2024-1 and RFC-9110 have in common now', ['CVE-2024-1', 'RFC-9110']],
    ['a short expression', 'en', 'Notes on x² + H₂O, or f → g here', ['x² + H₂O', 'f → g']],
    [
      'a word and the sign behind it',
      'en',
      'Callbacks → promises = await & design 🚀 and sleep… anyway🎉 again',
      ['Callbacks →', 'promises =', 'await &', 'design 🚀', 'anyway🎉'],
    ],
    [
      'Japanese and its signs',
      'ja',
      '新しいビルド→テスト🚀の流れを公開しました🎉これからも改善…します',
      ['ド→', 'ト🚀', 'た🎉', '善…'],
    ],
    [
      'Chinese and its signs',
      'zh',
      '我们的构建系统🚀今天正式上线→测试🎉欢迎使用',
      ['系统🚀', '上线→', '测试🎉'],
    ],
    ['a date', 'en', 'From 2024-01-02 to 1/2/2024 and March 5 again', ['2024-01-02', '1/2/2024', 'March 5']],
    [
      'a number and its unit',
      'en',
      'It took 10 GB of memory and 5 % of 100 000 km',
      ['10 GB', '5 %', '100 000 km'],
    ],
    [
      'a name with initials',
      'en',
      'Books that J. R. R. Tolkien and Dr. Jones wrote',
      ['J. R. R. Tolkien', 'Dr. Jones'],
    ],
    [
      'French punctuation',
      'fr',
      'Pourquoi donc ? Un « essai » : le voici ! Eh oui',
      ['donc ?', '« essai » :', 'voici !'],
    ],
    [
      'a French number',
      'fr',
      'Le 5 mars 2024, au XXe siècle, 10 000 km de fil',
      ['5 mars', 'XXe siècle', '10 000 km'],
    ],
    [
      'German abbreviations',
      'de',
      'Das heißt z. B. i. d. R. am 5. März und § 5 dort',
      ['z. B.', 'i. d. R.', '5. März', '§ 5'],
    ],
    ['a Spanish date', 'es', 'Lo que pasó el 5 de mayo, y un 20 % de todo eso', ['5 de mayo', '20 %']],
    [
      'a Czech preposition and its noun',
      'cs',
      'Jak jsme šli k řece s kamarády v Praze a u lesa',
      ['k řece', 's kamarády', 'v Praze', 'u lesa'],
    ],
    [
      'a Polish preposition and its noun',
      'pl',
      'Pies w domu i kot z ogrodu o poranku u sąsiada',
      ['w domu', 'z ogrodu', 'o poranku', 'u sąsiada'],
    ],
    [
      'a Russian preposition and a dash',
      'ru',
      'Как мы в городе с друзьями жили — и не тужили',
      ['в городе', 'с друзьями', 'жили —'],
    ],
    [
      'a Korean word',
      'ko',
      '작은 팀에서도 계속할 수 있는 테스트 자동화를 합니다',
      ['팀에서도', '계속할', '테스트', '자동화를'],
    ],
    [
      'a Chinese word',
      'zh',
      '如何用十分钟搭建一个属于自己的博客系统并且坚持写作',
      ['如何', '搭建', '一个', '自己的', '系统', '坚持'],
    ],
    [
      'a Japanese phrase',
      'ja',
      'データベースの移行を無停止で終わらせるまでに学んだこと',
      ['データベースの', '移行を', '無停止で', '学んだ'],
    ],
  ])('%s', async (_, lang, title, parts) => {
    expect(await broken(lang, title, parts)).toEqual([]);
  });
});

test('what is wider than its line breaks, and nothing else', async () => {
  const style = 'width:260px;text-wrap:wrap';
  const { lines } = await draw('en', 'A pre-release of our state-of-the-art-thing', {
    style,
    fit: 'data-lines="9"',
  });
  expect(lines).toEqual(['Apre-release', 'ofourstate-', 'of-the-art-', 'thing']);
});

describe('a long address', () => {
  test('keeps its host whole as long as that fits', async () => {
    const title = 'See https://docs.example.org/guides/typography/line-breaking?part=2';
    for (let width = 480; width <= 900; width += 20) {
      const { lines } = await draw('en', title, {
        style: `width:${width}px;font-size:30px`,
        fit: 'data-lines="9"',
      });
      expect(lines.join(' ')).toContain('https://docs.example.org/');
    }
  });

  test('breaks after "/", "?", "&" and ".", and nowhere else', async () => {
    const title = 'https://example.com/some-long/path/of-pages?query=one&other=two.html';
    const ends = new Set<string>();
    for (let width = 200; width <= 900; width += 20) {
      const { lines } = await draw('en', title, { style: `width:${width}px;text-wrap:wrap;font-size:30px` });
      for (const line of lines.slice(0, -1)) ends.add(line.at(-1) ?? '');
    }
    expect([...ends].sort()).toEqual(['&', '.', '/', '?']);
  });
});

describe('a word that is wider than its line', () => {
  const box = 'width:900px;height:330px';
  const fit = 'data-fit="40-130"';

  test.each([
    ['de', 'Donaudampfschifffahrtsgesellschaftskapitän'],
    ['fi', 'Lentokonesuihkuturbiinimoottoriapumekaanikko'],
    ['nl', 'Arbeidsongeschiktheidsverzekeringsmaatschappij'],
    ['hu', 'Megszentségteleníthetetlenségeskedéseitekért'],
    ['ru', 'Частнопредпринимательскоеобщество'],
  ])('is hyphenated as its language does it, once, before it is made small: %s', async (lang, title) => {
    const { lines, height, findings } = await draw(lang, title, { style: box, fit });
    expect(lines).toHaveLength(2);
    expect(height).toBeGreaterThan(75);
    expect(findings).toEqual([]);
  });

  test('is not hyphenated where its language is unknown, nor a word that fits', async () => {
    expect((await draw('tlh', 'Donaudampfschifffahrtsgesellschaft', { style: box, fit })).lines).toHaveLength(
      1,
    );
    const { lines } = await draw('en', 'Internationalization considerations', { style: box, fit });
    expect(lines).toEqual(['Internationalization', 'considerations']);
  });

  test('the largest size at which words fit wins over a larger one that breaks a word', async () => {
    const { lines, height } = await draw('de', 'Warum Softwareentwicklungen scheitern', { style: box, fit });
    expect(lines).toEqual(['Warum', 'Softwareentwicklungen', 'scheitern']);
    expect(height).toBeGreaterThan(60);
  });
});

describe('Japanese and Chinese', () => {
  test.each([
    ['ja', ['ビルド', '時間を', '半分に', '減らす', '方法']],
    ['ja', ['データベースの', '移行を', '無停止で', '終わらせるまでに', '学んだ', 'こと']],
    ['zh', ['为什么', '我们', '把', '构建', '时间', '缩短了', '一半']],
  ])('break by phrase at every size of a fitted title: %s %j', async (lang, phrases) => {
    const title = phrases.join('');
    const places = ends(title, phrases);
    for (let width = 420; width <= 1000; width += 20) {
      const { lines } = await draw(lang, title, {
        style: `width:${width}px;height:330px`,
        fit: 'data-fit="30-136" data-lines="4"',
      });
      let before = '';
      for (const line of lines)
        expect(places, `${lines.join(' / ')} at ${width}`).toContain((before += line));
    }
  });
});

test.each([
  ['ja', '「紙の地図」は、もう要らない？いいえ、「まだ」です。でも、どうして……'],
  ['zh', '“慢”一点：别着急、别停下，好吗？《小书》告诉你（真的）。'],
  ['ko', '“천천히” 그리고 (꾸준히), 왜 그럴까? 그렇다!'],
])('no line begins or ends with a sign that may not: %s', async (lang, title) => {
  const found: string[] = [];
  for (let width = 260; width <= 700; width += 40) {
    const { lines } = await draw(lang, title, { style: `width:${width}px`, fit: 'data-lines="20"' });
    const begins = lines.some((line) => /^[、。，．！？：；」』）》〉”’)…,.!?]/u.test(line));
    const ends = lines.some((line) => /[「『（《〈“‘(]$/u.test(line));
    if (begins || ends) found.push(`${lines.join(' / ')} at ${width}`);
  }
  expect(found).toEqual([]);
});

describe('the last line', () => {
  test.each([
    ['en', 'Some of the words that we did not write down on it'],
    ['en', 'Everything that a careful person might want to be'],
    ['de', 'Was in einem langen Jahr nicht geschehen ist'],
    ['ko', '우리가 할 수 있는 모든 것들과 그 밖의 일 등'],
  ])('holds no short word alone: %s, %s', async (lang, title) => {
    const short: string[] = [];
    for (let width = 240; width <= 900; width += 20) {
      const { lines } = await draw(lang, title, { style: `width:${width}px;text-wrap:pretty` });
      const last = lines.at(-1)?.length ?? 0;
      if (lines.length > 1 && last <= (lang === 'ko' ? 1 : 4)) short.push(`${lines.join(' / ')} at ${width}`);
    }
    expect(short).toEqual([]);
  });
});
