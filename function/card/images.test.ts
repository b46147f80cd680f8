import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../contract.ts';
import { checkImage } from './images.ts';

const uri = (type: string, bytes: Buffer | string) =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#246' }, limitInputPixels: false });
const svg = (inner: string, head = '') =>
  uri('svg+xml', `${head}<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">${inner}</svg>`);

describe('an image inside a request', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'is told by its size when it is a %s',
    async (type) => {
      const bytes = await canvas(30, 20).toFormat(type).toBuffer();
      expect(await checkImage(uri(type, bytes))).toEqual({
        width: 30,
        height: 20,
        type,
        bytes: bytes.length,
      });
    },
  );

  it('may be an SVG that refers to itself and to data', async () => {
    const picture = uri('png', await canvas(2, 2).png().toBuffer());
    const image = svg(
      `<defs><linearGradient id="g"/></defs><rect id="r" fill="url(#g)" style="fill:url('#g')"/><use href="#r"/><image href="${picture}" xlink:href="${picture}" xmlns:xlink="http://www.w3.org/1999/xlink"/>`,
    );
    expect(await checkImage(image)).toMatchObject({ width: 30, height: 20, type: 'svg+xml' });
  });

  it.each([
    ['a script', svg('<script>1</script>')],
    ['an event handler', svg('<rect onload="x()"/>')],
    ['an entity declaration', svg('&a;', '<!DOCTYPE svg [<!ENTITY a "b">]>')],
    ['foreign content', svg('<foreignObject><p/></foreignObject>')],
    ['a reference to another file', svg('<image href="http://127.0.0.1/a.png"/>')],
    [
      'a reference to another file',
      svg('<use x:href="file:///etc/passwd#a" xmlns:x="http://www.w3.org/1999/xlink"/>'),
    ],
    ['a style that refers to another file', svg('<rect style="fill:url(http://127.0.0.1/)"/>')],
    ['a style import', svg('<style>@import "a.css"</style>')],
    ['a style sheet that lies elsewhere', svg('', '<?xml-stylesheet href="a.css"?>')],
  ])('is refused when it is an SVG with %s', async (what, image) => {
    await expect(checkImage(image)).rejects.toMatchObject({
      code: 'invalid_image',
      message: expect.stringContaining(what) as string,
    });
  });

  it('is refused when an SVG hides its words in UTF-16', async () => {
    const hidden = Buffer.from('\uFEFF<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'utf16le');
    await expect(checkImage(uri('svg+xml', hidden))).rejects.toMatchObject({ code: 'invalid_image' });
  });

  it('is refused when it is not what it is declared to be', async () => {
    const image = uri('png', await canvas(3, 3).jpeg().toBuffer());
    await expect(checkImage(image)).rejects.toThrow('declared as image/png, but is image/jpeg');
  });

  it('is refused when a small file holds too many pixels', async () => {
    const bytes = await canvas(6000, 6000).png().toBuffer();
    expect(bytes.length).toBeLessThan(LIMITS.imageBytes);
    await expect(checkImage(uri('png', bytes))).rejects.toThrow('6000×6000 pixels');
  });

  it('is refused when it has too many bytes', async () => {
    await expect(checkImage(uri('png', Buffer.alloc(LIMITS.imageBytes + 1)))).rejects.toThrow(
      '2000001 bytes',
    );
  });

  it.each(['https://example.com/a.png', 'data:text/html;base64,AAAA', 'data:image/png;base64,', ''])(
    'is refused when it is %j',
    async (text) => {
      await expect(checkImage(text)).rejects.toThrow('no base64 data URI');
    },
  );

  it('is refused when it cannot be read', async () => {
    await expect(checkImage(uri('png', 'no picture at all'))).rejects.toThrow('cannot be read');
  });
});
