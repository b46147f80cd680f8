/** What cards with faults are made of. */

const svg = (content: string, width = 1200, height = 630): string =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`).toString('base64')}`;

export const SKY = svg(
  '<rect width="1200" height="630" fill="#234"/><ellipse cx="300" cy="200" rx="260" ry="200" fill="#fff"/>',
);
export const STRIPES = svg(
  `<rect width="1200" height="630" fill="#123"/>${Array.from({ length: 30 }, (_, at) => `<rect x="${at * 40}" width="20" height="630" fill="#fff"/>`).join('')}`,
);
export const LOGO = svg('<circle cx="20" cy="20" r="20" fill="#a00"/>', 40, 40);

export const at = (left: number, top: number): string => `position:absolute;left:${left}px;top:${top}px;`;
export const photo = (source: string): string =>
  `<img src="${source}" style="${at(0, 0)}width:100%;height:100%">`;

export const CASE_HEAD = `<style>
  body { position: relative; background: #fff; color: #111; font: 40px/1.2 'Open Sans' }
  p, h1 { margin: 0 }
  .dim::before { content: 'Small words'; color: #ccc }
  .tiny::after { content: 'by nobody'; font-size: 14px }
  .scrim::before { content: ''; position: absolute; inset: 0; background: linear-gradient(#000c, #000a) }
  .shade { position: absolute; inset: 0; background: linear-gradient(transparent, #000c 40%) }
  .corner::before { content: 'New'; position: absolute; left: 8px; top: 300px }
  .dot::before { content: '·'; color: #ddd }
</style>`;

/** `wide` is 1200×630, `square` 1080×1080, `tall` 1080×1920, `half` 600×315. */
export type Shape = 'wide' | 'square' | 'tall' | 'half';

export interface LintCase {
  what: string;
  body: string;
  shape?: Shape;
}

export interface LintFault extends LintCase {
  code: 'low_contrast' | 'small_text' | 'edge';
  /** The element as the warning names it, and what was found. */
  said: string;
}
