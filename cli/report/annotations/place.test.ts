import { describe, expect, test } from 'vitest';
import { lineOf } from './place.ts';

const POST = `---
# a comment
title: "A title that is r\\u00e4ther long"
date: someday
description: >
  Folded text
  over lines with \`code\`
lang: klingon
cover: ./missing.png
og:
  title: Short ∮
  slug: ..
---
# A heading

Text.
`;
const YAML_LINES: [code: string, message: string, line: number][] = [
  ['text_cut', '"A title that is räther…" does not fit its box and is cut.', 3],
  ['text_cut', '"Folded text over lines with code" does not fit its box and is cut.', 5],
  ['text_cut', '"Short ∮" ends in an ellipsis.', 11],
  ['text_cut', '"A heading" does not fit.', 14],
  ['text_cut', '"The name of the site" does not fit.', 2 - 1],
  ['overflow', 'A picture reaches over the edge of the card.', 1],
  ['date_left_out', 'date must be a date such as 2024-01-02; found "someday"', 4],
  ['unknown_language', 'lang must be a language tag such as en or pt-BR; found "klingon"', 8],
  ['picture_left_out', 'image: ./missing.png is not there.', 9],
  ['missing_picture', 'cannot be read', 9],
  ['invalid_slug', 'og.slug gives the slug "..", which cannot be used', 12],
  ['missing_glyph', 'No font has ∮ (U+222E).', 11],
  ['invalid_post', 'description: Too long; found "Folded…"', 5],
  ['front_matter_invalid', 'line 7: YAML does not parse: bad indentation', 7],
  ['render_failed', 'It broke.', 1],
];

describe('the line of a note', () => {
  test.each(YAML_LINES)('%s: %s', (code, message, line) => {
    expect(lineOf({ code, message }, 'a.md', Buffer.from(POST))).toBe(line);
  });

  test.each([
    ['YAML with lines before it', '\n<!-- x -->\n---\na: 1\ntitle: Hello there\n---\n', 5],
    ['TOML', '+++\na = 1\ntitle = "Hello there"\n[og]\nx = 2\n+++\n', 3],
    ['TOML with a table', '+++\ntitle = "Other"\n[og]\ntitle = "Hello there"\n+++\n', 4],
    ['TOML with a dotted key', '+++\ntitle = "Other"\nog.title = "Hello there"\n+++\n', 3],
    ['JSON', '{\n  "a": 1,\n  "title": "Hello there"\n}\n', 3],
    ['JSON with an object', '{\n  "title": "No",\n  "og": {\n    "title": "Hello there"\n  }\n}\n', 4],
    ['JSON in one line', '{"title": "Hello there"}\n', 1],
    ['quotes and markup', '---\na: 1\n"title": \'*Hello* <b>there</b>\'\n---\n', 1],
    ['entities', '---\ntitle: Hello&nbsp;there\n---\n', 2],
    ['Windows line ends', '---\r\na: 1\r\ntitle: Hello there\r\n---\r\n', 3],
    ['a heading alone', 'Text.\n\n# Hello *there*\n', 3],
    ['a heading that is underlined', '---\na: 1\n---\nHello there\n===\n', 4],
    ['YAML that does not parse', '---\na: [\ntitle: Hello there\n---\n', 3],
    ['YAML that never ends', '\n\n---\ntitle: Hello there\n', 3],
    ['no text at all', '', 1],
    ['another text', '---\na: 1\n---\nNothing.\n', 1],
  ])('is found in %s', (_what, text, line) => {
    expect(lineOf({ code: 'text_cut', message: '"Hello there…" is cut.' }, 'a.md', Buffer.from(text))).toBe(
      line,
    );
  });

  test.each([
    ['no_image', 2],
    ['missing_image', 4],
    ['url_mismatch', 5],
    ['text_cut', 3],
    ['no_alt', 4],
  ])('of %s in a page is that of its tag', (code, line) => {
    const page =
      '<!doctype html>\n<HEAD>\n<title>A</title>\n<meta property="og:image"><meta>\n<meta property="og:url">\n';
    const none = code === 'no_image' ? page.replace('og:image', 'x') : page;
    expect(lineOf({ code, message: 'x' }, 'public/a.html', Buffer.from(none))).toBe(line);
  });
});
