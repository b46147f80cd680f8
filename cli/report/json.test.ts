import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOutput } from './json.ts';

const redact = (text: string): string => text.replaceAll('hidden', '(secret)');

function printed(document: object): string {
  let said = '';
  jsonOutput({ write: (text) => (said += text) }, redact).print(() => document);
  return said;
}

test('what is written in parts is what JSON.stringify makes of the whole', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('hidden', '##[error]', '##'));
  const member = fc.oneof(
    word,
    fc.jsonValue(),
    fc.constant(undefined),
    fc.array(fc.jsonValue(), { maxLength: 9 }),
  );
  fc.assert(
    fc.property(fc.dictionary(word, member), (document) => {
      const whole = redact(JSON.stringify(document)).replaceAll('##[', String.raw`##\u005b`);
      expect(printed(document)).toBe(`${whole}\n`);
    }),
  );
});

test.each([0, 1, 999, 1000, 1001, 2500])(
  'a list of %i members is whole, its secrets are hidden, and no text in it is a command of a runner',
  (length) => {
    const images = Array.from({ length }, (_, at) => ({ key: `${at}.jpg`, error: 'hidden ##[error]' }));
    const text = printed({ version: '1', images, problems: [] });
    expect(text).not.toContain('##[');
    expect(JSON.parse(text)).toEqual({
      version: '1',
      images: images.map(({ key }) => ({ key, error: '(secret) ##[error]' })),
      problems: [],
    });
  },
);
