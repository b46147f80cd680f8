/** Cards with one fault each, and cards that look like it and have none. */

const svg = (content: string, width = 1200, height = 630): string =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`).toString('base64')}`;

const SKY = svg(
  '<rect width="1200" height="630" fill="#234"/><ellipse cx="300" cy="200" rx="260" ry="200" fill="#fff"/>',
);
const STRIPES = svg(
  `<rect width="1200" height="630" fill="#123"/>${Array.from({ length: 30 }, (_, at) => `<rect x="${at * 40}" width="20" height="630" fill="#fff"/>`).join('')}`,
);
const LOGO = svg('<circle cx="20" cy="20" r="20" fill="#a00"/>', 40, 40);

const at = (left: number, top: number): string => `position:absolute;left:${left}px;top:${top}px;`;
const photo = (source: string): string => `<img src="${source}" style="${at(0, 0)}width:100%;height:100%">`;

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

export const LINT_FAULTS: readonly LintFault[] = [
  {
    what: 'white text on the white cloud of a cover',
    body: `${photo(SKY)}<h1 class="title" style="${at(100, 150)}color:#fff;font-size:80px">A cloud over the sea</h1>`,
    code: 'low_contrast',
    said: '"A cloud over the sea" (.title) has a contrast of 1.0:1 with what is behind it at “cloud”; it needs 3:1 at least.',
  },
  {
    what: 'half of a title on it',
    body: `${photo(SKY)}<h1 class="title" style="${at(420, 150)}color:#fff;font-size:80px">White above the sea</h1>`,
    code: 'low_contrast',
    said: '“White”',
  },
  {
    what: 'text on a cover that is a background',
    body: `<div style="${at(0, 0)}width:100%;height:100%;background:url('${SKY}') center/cover"></div><p class="at" style="${at(150, 150)}color:#eee">On a cloud</p>`,
    code: 'low_contrast',
    said: '(.at)',
  },
  {
    what: 'text over stripes, half of which hide it',
    body: `${photo(STRIPES)}<h1 style="${at(100, 150)}color:#fff;font-size:80px">Stripes</h1>`,
    code: 'low_contrast',
    said: '(h1)',
  },
  {
    what: 'grey on grey in a tag',
    body: `<ul style="${at(60, 60)}padding:0;list-style:none"><li class="tag" style="background:#999;color:#bbb;padding:8px 20px">design</li></ul>`,
    code: 'low_contrast',
    said: '"design" (.tag) has a contrast of 1.4:1 with what is behind it; it needs 3:1 at least.',
  },
  {
    what: 'text of which a third is drawn',
    body: `<p id="faint" style="${at(60, 60)}opacity:.3">Hardly there</p>`,
    code: 'low_contrast',
    said: '(#faint)',
  },
  {
    what: 'a colour that lets the ground through',
    body: `<p class="thin" style="${at(60, 60)}color:rgb(0 0 0 / 30%)">Hardly there</p>`,
    code: 'low_contrast',
    said: '(.thin)',
  },
  {
    what: 'a whole group that fades',
    body: `<div class="group" style="${at(60, 60)}background:#eee;opacity:.35;padding:20px"><b>Faded</b></div>`,
    code: 'low_contrast',
    said: '(.group b)',
  },
  {
    what: 'a gradient that text begins well on and ends badly',
    body: `<div style="${at(0, 0)}width:1200px;height:630px;background:linear-gradient(90deg,#000,#fff)"></div><h1 class="long" style="${at(60, 60)}color:#fff;font-size:80px;white-space:nowrap">From dark to where it ends</h1>`,
    code: 'low_contrast',
    said: '“ends”',
  },
  {
    what: 'letters that are filled with a gradient',
    body: `<h1 class="fill" style="${at(60, 60)}background:linear-gradient(90deg,#eee,#ddd);background-clip:text;color:transparent">Pale letters</h1>`,
    code: 'low_contrast',
    said: '(.fill)',
  },
  {
    what: 'the gradient letters of a word inside a line',
    body: `<h1 style="${at(60, 60)}">Sound and <span class="fill" style="background:linear-gradient(#fff,#eee);-webkit-background-clip:text;-webkit-text-fill-color:transparent">pale</span></h1>`,
    code: 'low_contrast',
    said: '"pale" (.fill)',
  },
  {
    what: 'letters that are mixed with what is behind them',
    body: `<h1 class="mixed" style="${at(60, 60)}color:#eee;mix-blend-mode:multiply">Multiplied</h1>`,
    code: 'low_contrast',
    said: '(.mixed)',
  },
  {
    what: 'a filter that takes the contrast away',
    body: `<div style="${at(60, 60)}filter:brightness(1.9) contrast(.2)"><p class="washed" style="background:#fff;color:#444">Washed out</p></div>`,
    code: 'low_contrast',
    said: '(.washed)',
  },
  {
    what: 'a veil over the text',
    body: `<p class="under" style="${at(60, 60)}">Under a veil</p><div style="${at(0, 0)}width:100%;height:100%;background:rgb(255 255 255 / 80%)"></div>`,
    code: 'low_contrast',
    said: '(.under)',
  },
  {
    what: 'an outline as pale as its letters',
    body: `<p class="outlined" style="${at(60, 60)}color:#fff;-webkit-text-stroke:1px #ddd">Outlined</p>`,
    code: 'low_contrast',
    said: '(.outlined)',
  },
  {
    what: 'code that has a ground of its own',
    body: `<p style="${at(60, 60)}">Use <code style="background:#223;color:#445">map()</code></p>`,
    code: 'low_contrast',
    said: '"map()" (p code)',
  },
  {
    what: 'text in an SVG',
    body: `<svg class="art" style="${at(60, 60)}" width="500" height="100"><text class="label" x="10" y="60" fill="#ddd">Label</text></svg>`,
    code: 'low_contrast',
    said: '"Label" (.label)',
  },
  {
    what: 'text in ::before',
    body: `<p class="dim" style="${at(60, 60)}"></p>`,
    code: 'low_contrast',
    said: '"Small words" (.dim::before)',
  },
  {
    what: 'text that is turned',
    body: `<p class="turned" style="${at(200, 300)}transform:rotate(-90deg);color:#ccc">Sideways</p>`,
    code: 'low_contrast',
    said: '(.turned)',
  },
  {
    what: 'a footer of 14 px',
    body: `<footer style="${at(60, 500)}font-size:14px">example.org</footer>`,
    code: 'small_text',
    said: '"example.org" (footer) is set at 14 px; it needs 24 px at least.',
  },
  {
    what: 'a byline without a class in a box that has one',
    body: `<div class="meta" style="${at(60, 500)}font-size:22px"><span><bdi>By Ada</bdi></span></div>`,
    code: 'small_text',
    said: '"By Ada" (.meta span) is set at 22 px',
  },
  {
    what: 'text that is scaled down',
    body: `<div style="${at(60, 60)}transform:scale(.5);transform-origin:0 0"><p class="scaled">Half</p></div>`,
    code: 'small_text',
    said: '(.scaled) is set at 20 px',
  },
  {
    what: 'text in an SVG that is drawn smaller than it is',
    body: `<svg style="${at(60, 60)}" width="250" height="50" viewBox="0 0 500 100"><text class="label" x="10" y="60" font-size="40">Label</text></svg>`,
    code: 'small_text',
    said: '(.label) is set at 20 px',
  },
  {
    what: 'a number that is raised and tiny',
    body: `<p style="${at(60, 60)}">Text<sup style="font-size:11px">1</sup></p>`,
    code: 'small_text',
    said: '"1" (p sup) is set at 11 px',
  },
  {
    what: 'text in ::after',
    body: `<p class="tiny" style="${at(60, 60)}">Words </p>`,
    code: 'small_text',
    said: '"by nobody" (.tiny::after) is set at 14 px',
  },
  {
    what: 'small text in a square',
    body: `<p class="by" style="${at(60, 60)}font-size:21px">Ada Lovelace</p>`,
    shape: 'square',
    code: 'small_text',
    said: '(.by) is set at 21 px; it needs 21.6 px at least.',
  },
  {
    what: 'small text on a small card',
    body: `<p class="by" style="${at(60, 60)}font-size:11px">Ada Lovelace</p>`,
    shape: 'half',
    code: 'small_text',
    said: '(.by) is set at 11 px; it needs 12 px at least.',
  },
  {
    what: 'a logo at 10 px from the edge',
    body: `<img class="logo" src="${LOGO}" style="${at(10, 100)}">`,
    code: 'edge',
    said: 'A picture (.logo) stands 10 px from the left edge of the card; it needs 40 px at least.',
  },
  {
    what: 'a logo that is a background',
    body: `<div class="mark" style="${at(100, 12)}width:60px;height:60px;background-image:url('${LOGO}')"></div>`,
    code: 'edge',
    said: 'A picture (.mark) stands 12 px from the upper edge',
  },
  {
    what: 'a logo that is an SVG',
    body: `<svg class="brand" style="${at(1140, 100)}" width="50" height="50"><circle cx="25" cy="25" r="25"/></svg>`,
    code: 'edge',
    said: '(.brand) stands 10 px from the right edge',
  },
  {
    what: 'text too near to the left',
    body: `<p class="near" style="${at(20, 100)}">Near</p>`,
    code: 'edge',
    said: '"Near" (.near) stands 20 px from the left edge of the card; it needs 40 px at least.',
  },
  {
    what: 'text too near to the lower edge of a tall card',
    body: `<p class="near" style="position:absolute;left:100px;bottom:0">Near</p>`,
    shape: 'tall',
    code: 'edge',
    said: 'from the lower edge of the card; it needs 36 px at least.',
  },
  {
    what: 'turned text at the edge',
    body: `<p class="spine" style="${at(4, 200)}writing-mode:vertical-rl">Spine</p>`,
    code: 'edge',
    said: '(.spine)',
  },
  {
    what: 'text of ::before at the edge',
    body: '<div class="corner"></div>',
    code: 'edge',
    said: '"New" (.corner::before) stands 8 px from the left edge',
  },
];

export const LINT_INNOCENTS: readonly LintCase[] = [
  { what: 'usual text', body: `<h1 style="${at(60, 60)}">A title</h1>` },
  { what: 'text of exactly 24 px at 40 px', body: `<p style="${at(40, 60)}font-size:24px">Just so</p>` },
  {
    what: 'text under a scrim that makes it readable',
    body: `${photo(SKY)}<div class="shade"></div><h1 style="${at(100, 300)}color:#fff;font-size:80px">Readable</h1>`,
  },
  {
    what: 'a scrim in ::before',
    body: `<section class="scrim" style="position:absolute;inset:0;background:url('${SKY}')"><h1 style="position:relative;margin:150px 100px;color:#fff">Readable</h1></section>`,
  },
  {
    what: 'white text beside the cloud',
    body: `${photo(SKY)}<h1 style="${at(620, 400)}color:#fff">Over the sea</h1>`,
  },
  {
    what: 'white text with a dark outline, on the cloud',
    body: `${photo(SKY)}<h1 style="${at(160, 150)}color:#fff;font-size:80px;-webkit-text-stroke:3px #000">Cloud</h1>`,
  },
  {
    what: 'white text with a dark, thick shadow, on the cloud',
    body: `${photo(SKY)}<h1 style="${at(160, 150)}color:#fff;font-size:80px;text-shadow:0 0 30px #000,0 0 30px #000,0 0 20px #000,0 0 12px #000">Cloud</h1>`,
  },
  {
    what: 'a box behind the text, on the cloud',
    body: `${photo(SKY)}<h1 style="${at(160, 150)}color:#fff;background:#200;padding:10px">Cloud</h1>`,
  },
  {
    what: 'dark letters filled with a gradient',
    body: `<h1 style="${at(60, 60)}background:linear-gradient(90deg,#a00,#00a);background-clip:text;color:transparent">Deep letters</h1>`,
  },
  {
    what: 'outlined letters without a filling',
    body: `<h1 style="${at(60, 60)}color:transparent;-webkit-text-stroke:2px #111">Hollow</h1>`,
  },
  {
    what: 'difference on white',
    body: `<h1 style="${at(60, 60)}color:#fff;mix-blend-mode:difference">Black then</h1>`,
  },
  {
    what: 'a huge pale sign that decorates',
    body: `<b aria-hidden="true" style="${at(800, 200)}font-size:500px;color:#eee">∞</b><h1 style="${at(60, 60)}">A title</h1>`,
  },
  {
    what: 'tiny text that decorates',
    body: `<i aria-hidden="true" style="${at(5, 5)}font-size:8px">0101</i>`,
  },
  { what: 'text that is not drawn', body: `<p style="${at(5, 60)}opacity:0;font-size:10px">Not here</p>` },
  {
    what: 'text that is hidden',
    body: `<p style="${at(5, 60)}visibility:hidden;font-size:10px">Not here</p>`,
  },
  {
    what: 'text for screen readers',
    body: `<p style="${at(0, 0)}width:1px;height:1px;overflow:hidden;white-space:nowrap;font-size:10px">For others</p>`,
  },
  {
    what: 'text clipped away',
    body: `<p style="${at(20, 20)}clip-path:inset(50%);font-size:10px;color:#eee">For others</p>`,
  },
  {
    what: 'a cover that bleeds off',
    body: `<img src="${SKY}" style="${at(700, 0)}width:500px;height:630px;object-fit:cover">`,
  },
  {
    what: 'a corner that decorates',
    body: `<svg style="${at(1000, -100)}" width="300" height="300"><circle cx="150" cy="150" r="150" fill="#fc0"/></svg>`,
  },
  {
    what: 'a rule at the edge',
    body: `<svg style="${at(0, 0)}" width="1200" height="12"><rect width="1200" height="12" fill="#06c"/></svg>`,
  },
  { what: 'a pale point between words', body: `<p class="dot" style="${at(60, 60)}"> Words</p>` },
  {
    what: 'emoji, whatever is behind them',
    body: `<div style="${at(60, 60)}background:#fd0;color:#fd0">🚀 🎉</div>`,
  },
  {
    what: 'pale text on a tag that is half seen through, over a dark gradient',
    body: `<div style="${at(0, 0)}width:100%;height:100%;background:linear-gradient(#012,#345)"></div><p style="${at(60, 60)}background:rgb(255 255 255 / 15%);color:#fff">design</p>`,
  },
  {
    what: 'code and a raised number in usual text',
    body: `<p style="${at(60, 60)}font-size:28px">H<sub style="font-size:.62em">2</sub>O and <code style="font-size:.86em">map()</code></p>`,
  },
  {
    what: 'a text that a hairline crosses',
    body: `<h1 style="${at(60, 60)}font-size:80px;background:linear-gradient(transparent 48%,#111 48%,#111 51%,transparent 51%)">Crossed</h1>`,
  },
  {
    what: 'pattern paper behind dark text',
    body: `<div style="${at(0, 0)}width:100%;height:100%;background:repeating-linear-gradient(#fff 0 28px,#9bd 28px 30px)"></div><p style="${at(60, 60)}">On paper</p>`,
  },
  { what: 'usual text in a square', body: `<p style="${at(40, 60)}font-size:22px">Ada</p>`, shape: 'square' },
  {
    what: 'usual text on a small card',
    body: `<p style="${at(21, 60)}font-size:13px">Ada</p>`,
    shape: 'half',
  },
  {
    what: 'words that are switched off, by themselves or around them',
    body: `<p data-lint-off="small_text edge low_contrast" style="${at(5, 60)}font-size:10px;color:#eee">Legal</p><div data-lint-off="edge, small_text"><p style="${at(5, 100)}font-size:10px">Legal</p></div>`,
  },
];
