import { expect, test } from 'vitest';
import { languagesOf } from './languages.ts';

function tell(paths: string, site: string | null = null, fixed = 'content'): Record<string, string | null> {
  const files = paths
    .split(' ')
    .map((path) => ({ file: `${fixed === '' ? '' : `${fixed}/`}${path}`, fixed }));
  const languageOf = languagesOf(files, site);
  return Object.fromEntries(
    paths.split(' ').map((path, index) => [path, languageOf(files[index] ?? { file: '', fixed })]),
  );
}
/** Only what was told a language. */
function told(paths: string, site?: string): string[] {
  return Object.entries(tell(paths, site ?? null))
    .filter(([, lang]) => lang !== null)
    .map(([path, lang]) => `${path} ${lang}`);
}

test.each([
  ['zh-tw/a.md', 'zh-tw'],
  ['zh_CN/a.md', 'zh-cn'],
  ['zh-Hant/a.md', 'zh-hant'],
  ['pt-br/a.md', 'pt-br'],
  ['posts/deep/pt-BR/a.md', 'pt-br'],
  ['es-419/a.md', 'es-419'],
  ['vi-vn/a.md', 'vi-vn'],
  ['uk-UA/a.md', 'uk-ua'],
  ['ja/a.md', 'ja'],
  ['fr/2024/a.md', 'fr'],
  ['fil/a.md', 'fil'],
  ['a.zh-cn.md', 'zh-cn'],
  ['posts/2024/a.ja.md', 'ja'],
  ['posts/a/index.fr.md', 'fr'],
  ['_index.pt-br.md', 'pt-br'],
  ['en/a.de.md', 'de'],
])('%s alone says %s', (path, lang) => {
  expect(tell(path)).toEqual({ [path]: lang });
});

test.each(
  'go js ts ai ml id is no it io cs vi my os hr ps as or to so be am hi uk ca eu gl us ui db c cpp app new day men car css md api faq php sql foo en-route to-do so-so as-is no-no is-it x-y de-luxe fr-fries v1 2024 blog EN-GLISH zz xx tech'.split(
    ' ',
  ),
)('a folder %s alone says nothing', (folder) => {
  expect(told(`${folder}/a.md other/b.md`)).toEqual([]);
});

test.each(
  'vue.ts.md socket.io.md node.js.md v1.2.md main.go.md a.min.md about.me.md asp.net.md is.no.md a.b.md jquery.ui.md'.split(
    ' ',
  ),
)('a file %s alone says nothing', (path) => {
  expect(told(path)).toEqual([]);
});

test('topics are no languages, however many of them look like one', () => {
  expect(told('go/a.md js/b.md ts/c.md ml/d.md ai/e.md')).toEqual([]);
  expect(told('ts/a.md ml/b.md')).toEqual([]);
  expect(told('ts/index.md ml/index.md it/README.md')).toEqual([]);
  expect(told('it/a.md hr/b.md marketing/c.md')).toEqual([]);
  expect(told('posts/fr/a.md posts/travel/b.md')).toEqual([]);
});

test('a language beside languages counts', () => {
  expect(told('en/a.md id/b.md it/c.md')).toEqual(['en/a.md en', 'id/b.md id', 'it/c.md it']);
  expect(told('id/a.md is/b.md', 'id')).toEqual(['id/a.md id', 'is/b.md is']);
  expect(told('docs/en/a.md docs/fr/b.md')).toEqual(['docs/en/a.md en', 'docs/fr/b.md fr']);
});

test('a folder with the same file in another language counts', () => {
  expect(told('no/posts/a.md is/posts/a.md other/b.md')).toEqual(['no/posts/a.md no', 'is/posts/a.md is']);
  expect(told('posts/a.md it/posts/a.md')).toEqual(['it/posts/a.md it']);
  expect(told('docs/uk/a.md docs/a.md docs/more/b.md')).toEqual(['docs/uk/a.md uk']);
  expect(told('it/index.md index.md other/a.md')).toEqual([]);
});

test('an ending with the same file in another language counts', () => {
  expect(told('a.md a.id.md')).toEqual(['a.id.md id']);
  expect(told('a.it.md a.no.md b.io.md')).toEqual(['a.it.md it', 'a.no.md no']);
});

test('sees folders above the glob only where they are sure', () => {
  expect(tell('a.md', null, 'content/pt-br')).toEqual({ 'a.md': 'pt-br' });
  expect(tell('a.md', null, 'content/it')).toEqual({ 'a.md': null });
});

test('tells the language of a hundred thousand files within the time of a test', () => {
  const paths = Array.from(
    { length: 100_000 },
    (_, at) => `${['en', 'de', 'it'][at % 3]}/x${at % 500}/p${at}.md`,
  );
  expect(told(paths.join(' '))).toHaveLength(100_000);
});
