/** A comparison as one page that needs nothing else: no address is asked, no file beside it is read. */
import { createHash } from 'node:crypto';
import type { ComparedCard, ComparedTemplate, Side } from '../../compare/compared.ts';
import { count, formatBytes } from '../format.ts';
import { headline, orphansOf, percent, troubleOf } from './comparison.ts';
import type { ComparisonReport } from './comparison.ts';
import { Markup, markup } from './markup.ts';
import { SCRIPT } from './script.ts';
import { styleOf } from './style.ts';

/** Lines of a list; the rest are counted. */
const MOST_LINES = 200;

/** @param font WOFF2 of the page's own text */
export function comparisonPage(report: ComparisonReport, font: Uint8Array): string {
  const style = styleOf(font);
  const policy = [
    "default-src 'none'",
    'img-src data:',
    'font-src data:',
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = headline(report);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} · og-sync plan</title>
<style>${new Markup(style)}</style>
</head>
<body data-view="sides">
<header>
<p class="name">og-sync plan</p>
<h1>${title}</h1>
<p class="quiet">${count(report.document.summary.posts, 'post')}, compared with ${report.store}. ${report.estimate}</p>
${report.notices.map((notice) => markup`<p class="notice">${notice}</p>`)}
${report.templates.some(({ changed }) => changed.length > 0) ? VIEWS : null}
</header>
<main>
${trouble(report)}
${report.templates.map(template)}
${orphans(report)}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.html;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const VIEWS = markup`<fieldset class="views"><legend>How both pictures are shown</legend>
<label><input type="radio" name="view" value="sides" checked><span>Side by side</span></label>
<label><input type="radio" name="view" value="slider"><span>Slider</span></label>
<label><input type="radio" name="view" value="difference"><span>Difference</span></label>
</fieldset>`;

function template({ name, changed, moreChanged, same, created, moreCreated }: ComparedTemplate): Markup {
  const counts = [
    changed.length + moreChanged > 0 && count(changed.length + moreChanged, 'change'),
    created.length + moreCreated > 0 && count(created.length + moreCreated, 'new card'),
    same > 0 && `${same.toLocaleString('en-US')} drawn anew, with the same look`,
  ].filter((part) => part !== false);
  const least = changed.at(-1)?.share ?? 0;
  return markup`<section>
<h2>${name} <span class="quiet">${counts.join(', ')}</span></h2>
<div class="pairs">${changed.map(pair)}</div>
${moreChanged > 0 ? markup`<p class="quiet more">… and ${count(moreChanged, 'card')} that ${moreChanged === 1 ? 'changes' : 'change'} by ${percent(least)} or less.</p>` : null}
${created.length > 0 && changed.length > 0 ? markup`<h3>New</h3>` : null}
<div class="news">${created.map(fresh)}</div>
${moreCreated > 0 ? markup`<p class="quiet more">… and ${count(moreCreated, 'more new card')}.</p>` : null}
</section>
`;
}

function pair(card: ComparedCard): Markup {
  const { before, after, mask, note, share, alt } = card;
  const badge = note === null ? percent(share) : 'not compared';
  const { width, height } = after;
  const stage =
    before === null
      ? markup`<div class="sides">${picture(after, `After: ${alt}`, 'after')}</div>`
      : mask === null
        ? markup`<div class="sides apart">${picture(before, `Before: ${alt}`, 'before')}${picture(after, `After: ${alt}`, 'after')}</div>`
        : markup`<div class="sides">${picture(before, `Before: ${alt}`, 'before')}${picture(after, `After: ${alt}`, 'after')}<img class="mask" src="${data(mask)}" alt="" width="${String(width)}" height="${String(height)}" loading="lazy" decoding="async"><input type="range" min="0" max="100" value="50" aria-label="How much of the picture before is shown: ${alt}"></div>`;
  return markup`<figure class="pair">${stage}
<figcaption><strong dir="auto">${alt}</strong><span class="badge">${badge}</span>${facts(card)}</figcaption></figure>
`;
}

function fresh(card: ComparedCard): Markup {
  return markup`<figure>${picture(card.after, card.alt, 'after')}
<figcaption><strong dir="auto">${card.alt}</strong>${facts(card)}</figcaption></figure>
`;
}

function facts({ key, file, output, before, after, note, warnings }: ComparedCard): Markup {
  const bytes = formatBytes(after.original.bytes);
  const was = before?.original ?? after.original;
  const size = before === null ? bytes : `${formatBytes(was.bytes)} → ${bytes}`;
  const format = was.format === after.original.format ? null : ` · ${was.format} → ${after.original.format}`;
  return markup`<span class="quiet"><code>${key}</code> · ${file}${output === null ? null : ` · ${output}`} · ${size}${format}</span>${note === null ? null : markup`<span class="note">${note}</span>`}${warnings.map(({ code, message }) => markup`<span class="note"><code>${code}</code> ${message}</span>`)}`;
}

function picture({ picture, width, height }: Side, alt: string, name: string): Markup {
  return markup`<img class="${name}" src="${data(picture)}" alt="${alt}" width="${String(width)}" height="${String(height)}" loading="lazy" decoding="async">`;
}

function data(webp: Buffer): string {
  return `data:image/webp;base64,${webp.toString('base64')}`;
}

function trouble({ document }: ComparisonReport): Markup | null {
  const found = troubleOf(document);
  if (found.length === 0) return null;
  return markup`<section>
<h2>To look at <span class="quiet">${found.length.toLocaleString('en-US')}</span></h2>
<ul class="lines">${found.slice(0, MOST_LINES).map(({ place, code, message }) => markup`<li><code>${code}</code> <span class="quiet">${place}</span> ${message}</li>`)}</ul>
${found.length > MOST_LINES ? markup`<p class="quiet more">… and ${count(found.length - MOST_LINES, 'more')}.</p>` : null}
</section>
`;
}

function orphans(report: ComparisonReport): Markup | null {
  const keys = orphansOf(report);
  if (keys.length === 0) return null;
  return markup`<section>
<h2>Orphaned <span class="quiet">${count(keys.length, 'stored image')} that no post claims</span></h2>
<ul class="lines">${keys.slice(0, MOST_LINES).map((key) => markup`<li><code>${key}</code></li>`)}</ul>
${keys.length > MOST_LINES ? markup`<p class="quiet more">… and ${(keys.length - MOST_LINES).toLocaleString('en-US')} more.</p>` : null}
</section>
`;
}
