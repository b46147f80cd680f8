/** How the page looks, light and dark. */

/** @param font WOFF2 */
export function styleOf(font: Uint8Array): string {
  const source = `data:font/woff2;base64,${Buffer.from(font).toString('base64')}`;
  return `@font-face{font-family:Page;font-weight:100 900;src:url(${source}) format('woff2')}${STYLE}`;
}

const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#f7f6f3,#131312);--sheet:light-dark(#fff,#1c1c1a);--ink:light-dark(#1a1917,#f0eeea);--quiet:light-dark(#65625c,#a19d95);--line:light-dark(#e3e0d9,#2f2e2b);--focus:light-dark(#1d5fd1,#7fb0ff);--change:light-dark(#1d55b5,#8db8ff);--change-back:light-dark(#e1ebfc,#172641);--warn:light-dark(#8a5200,#f4bd62);--side:clamp(16px,3.2vw,44px)}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:14px/1.5 Page,system-ui,sans-serif;font-feature-settings:'cv05','cv11','ss03';-webkit-text-size-adjust:100%}
header,main{padding:0 var(--side);max-width:1680px;margin:0 auto}
header{padding-top:36px}
h1{font-size:clamp(22px,3vw,32px);font-weight:640;letter-spacing:-.022em;line-height:1.2;margin:4px 0 8px;text-wrap:balance}
h2{font-size:18px;font-weight:620;letter-spacing:-.014em;margin:0 0 16px}
h2 .quiet{font-size:14px;font-weight:400;letter-spacing:0;margin-left:6px}
h3{font-size:14px;font-weight:600;margin:28px 0 12px}
.name{font-weight:600;color:var(--change)}
.quiet{color:var(--quiet)}
.notice{margin-top:14px;padding:10px 14px;border-left:3px solid var(--warn);background:var(--sheet);max-width:80ch}
section{margin-top:36px;padding-top:28px;border-top:1px solid var(--line)}
main{padding-bottom:80px}
code{font:12.5px/1.5 ui-monospace,'SF Mono',Menlo,Consolas,monospace;overflow-wrap:anywhere}
.views{display:inline-flex;gap:2px;margin-top:20px;padding:3px;border:1px solid var(--line);border-radius:10px;background:var(--sheet)}
.views legend{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.views label{position:relative}
.views input{position:absolute;inset:0;opacity:0;margin:0;width:100%;height:100%;cursor:pointer}
.views span{display:block;padding:6px 14px;border-radius:7px;color:var(--quiet)}
.views input:checked+span{background:var(--change-back);color:var(--change);font-weight:560}
.views input:focus-visible+span{outline:2px solid var(--focus);outline-offset:1px}
.pairs,.news{display:grid;gap:32px 28px}
.pairs{grid-template-columns:repeat(auto-fill,minmax(min(100%,620px),1fr))}
.news{grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}
img{display:block;width:100%;height:auto;border-radius:6px;background:var(--line)}
figure>img{box-shadow:0 0 0 1px var(--line)}
figcaption{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px;margin-top:10px}
figcaption strong{font-weight:580;flex:1 1 60%;overflow-wrap:anywhere}
figcaption .quiet,figcaption .note{flex-basis:100%;font-size:13px;overflow-wrap:anywhere}
.note{color:var(--warn)}
.badge{padding:1px 9px;border-radius:99px;background:var(--change-back);color:var(--change);font-weight:580;font-variant-numeric:tabular-nums}
.sides{--at:50%;position:relative;display:grid;grid-template-columns:1fr 1fr;gap:8px}
.sides img{box-shadow:0 0 0 1px var(--line)}
.sides input,.mask{display:none}
[data-view=slider] .sides:not(.apart),[data-view=difference] .sides:not(.apart){grid-template-columns:1fr}
[data-view=slider] .sides:not(.apart)>img,[data-view=difference] .sides:not(.apart)>img{grid-area:1/1}
[data-view=slider] .sides>.before+.after:not(:last-child){clip-path:inset(0 0 0 var(--at))}
[data-view=slider] .sides>input{display:block;position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:ew-resize;touch-action:pan-y}
[data-view=slider] .sides:has(input)::after{content:'';position:absolute;inset-block:0;left:calc(var(--at) - 1px);width:2px;background:#fff;box-shadow:0 0 0 1px #0008;pointer-events:none}
[data-view=slider] .sides:has(input:focus-visible){outline:3px solid var(--focus);outline-offset:2px;border-radius:6px}
[data-view=difference] .sides>.before:not(:last-child){visibility:hidden}
[data-view=difference] .sides:has(.mask)>.after{filter:grayscale(1) opacity(.35)}
[data-view=difference] .mask{display:block;background:none;box-shadow:none}
.lines{padding:0;list-style:none;columns:2 480px;column-gap:32px}
.lines li{padding:5px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere;break-inside:avoid}
.more{margin-top:18px}
@media(max-width:520px){.pairs .sides:not(.apart){gap:4px}h2 .quiet{display:block;margin:2px 0 0}}
`;
