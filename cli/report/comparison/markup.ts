/** HTML of parts: what is not marked as HTML is text and is escaped. */
import { safe } from '../format.ts';

export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = Markup | string | null | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toHtml(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part !== 'string') return part.map(toHtml).join('');
  return safe(part).replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}

/** A template tag; what stands in it as `${}` is text, unless it is Markup, a list of parts, or null for nothing. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((html, text, at) => `${html}${toHtml(parts[at - 1] ?? null)}${text}`));
}
