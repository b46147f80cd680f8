/** Cards that look as if they had a fault, and have none. */
import { SKY, at, photo } from './lint-cases.ts';
import type { LintCase } from './lint-cases.ts';

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
