import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { FaceWriter, withStandIns } from './css.ts';
import type { Face } from './face.ts';

const S = 'var(--stand-ins)';

describe('stand-ins', () => {
  test.each([
    ['a{font-family:Inter,sans-serif}', `a{font-family:Inter,${S},sans-serif}`],
    ["a{font-family: 'My Font' , serif }", `a{font-family: 'My Font' ,${S},serif }`],
    ['a{font-family:Inter}', `a{font-family:Inter,${S}}`],
    ['a{font-family:monospace}', `a{font-family:${S},monospace}`],
    ['a{font:700 2em/1 Inter, sans-serif;color:red}', `a{font:700 2em/1 Inter,${S},sans-serif;color:red}`],
    ['a{font-family:var(--x)!important}', `a{font-family:var(--x),${S}!important}`],
    ['a{--x:1;FONT-FAMILY:Inter}', `a{--x:1;FONT-FAMILY:Inter,${S}}`],
  ])('%s', (css, expected) => {
    expect(withStandIns(css)).toBe(expected);
  });

  test.each([
    'a{font:inherit}',
    'a{font-family: inherit;}',
    'a{font-weight:700;font-size:2em}',
    '@font-face{font-family:Mine;src:url(x)}',
    'a{--my-font:Inter}',
  ])('leaves alone: %s', (css) => {
    expect(withStandIns(css)).toBe(css);
  });

  test('a rule after a font face still gets its stand-in', () => {
    expect(withStandIns('@font-face{font-family:A}b{font-family:A}@font-face{font-family:C}')).toBe(
      `@font-face{font-family:A}b{font-family:A,${S}}@font-face{font-family:C}`,
    );
  });
});

test('a face carries its bytes, its weights and its ranges, and no family name can end the style element', async () => {
  const file = join(await temporaryFolder(), 'x.otf');
  await writeFile(file, 'OTTO');
  const writer = new FaceWriter();
  const faces: Face[] = [
    {
      family: '</style>"x',
      style: 'italic',
      weight: '100 900',
      ranges: [
        [65, 90],
        [0x3042, 0x3042],
      ],
      file,
      base: true,
    },
  ];
  const rules = await writer.write(faces, (face) => face.family);
  expect(rules).toEqual([
    String.raw`@font-face{font-family:"\3c /style>\"x";font-style:italic;font-weight:100 900;font-display:block;unicode-range:U+41-5A,U+3042;src:url(data:font/otf;base64,T1RUTw==)format("opentype")}`,
  ]);
});
