import { expect, test } from 'vitest';
import { directionOf, languageOfText, languageTag, scriptOf } from './language.ts';

test.each([
  ['en', 'en'],
  ['pt-BR', 'pt-br'],
  ['zh_CN', 'zh-cn'],
  ['zh-Hant-TW', 'zh-hant-tw'],
  ['es-419', 'es-419'],
  ['iw', 'he'],
  ['eng', 'en'],
  ['english', null],
  ['x', null],
  ['', null],
  ['"><script>', null],
  ['de-', null],
  ['en-a', null],
  [7, null],
  [undefined, null],
])('the tag of %j is %j', (value, tag) => {
  expect(languageTag(value)).toBe(tag);
});

test.each([
  ['Hello', null],
  ['', null],
  ['2024 — 100 %', null],
  ['こんにちは', 'ja'],
  ['テスト自動化のすすめ', 'ja'],
  ['骨', 'zh'],
  ['小团队也能坚持的测试', 'zh'],
  ['작은 팀에서도', 'ko'],
  ['سلام', 'ar'],
  ['שלום', 'he'],
  ['การทดสอบ', 'th'],
  ['छोटी टीम', 'hi'],
  ['Η ήσυχη τέχνη', 'el'],
  ['Тихое искусство', null],
  ['გამარჯობა', 'ka'],
  ['Why ¯\\_(ツ)_/¯ works', null],
  ['What سلام means', null],
  ['The kanji 骨', null],
  ['Goではじめるテスト自動化', 'ja'],
  ['React 입문 가이드', null],
  ['리액트 입문 가이드 React', 'ko'],
])('most letters of %j suggest %j', (text, language) => {
  expect(languageOfText(text)).toBe(language);
});

test.each([
  ['en', 'ltr'],
  ['ar-EG', 'rtl'],
  ['he', 'rtl'],
  ['fa', 'rtl'],
  ['ckb', 'rtl'],
  ['dv', 'rtl'],
  ['ks', 'rtl'],
  ['pnb', 'rtl'],
  ['az-Arab', 'rtl'],
  ['pa', 'ltr'],
  ['pa-Arab', 'rtl'],
  ['ur-Latn', 'ltr'],
  ['zz', 'ltr'],
  ['', 'ltr'],
])('%j is written %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction);
});

test.each([
  ['zh', 'Hans'],
  ['zh-tw', 'Hant'],
  ['yue', 'Hant'],
  ['sr', 'Cyrl'],
  ['no such', 'Latn'],
])('%j is written in %s', (language, script) => {
  expect(scriptOf(language)).toBe(script);
});
