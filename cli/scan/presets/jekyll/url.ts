/** Jekyll's permalinks. Source: lib/jekyll/url.rb, drops/url_drop.rb, utils.rb (slugify, add_permalink_suffix) */
import { dayOfYear, isoWeek, MONTHS, pad, weekday, WEEKDAYS } from '../reading/dates.ts';
import type { LocalDate } from '../reading/dates.ts';

const STYLES: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
};

/** The pattern of a post, by the site's style. */
export function postPattern(style: string): string {
  return STYLES[style] ?? style;
}

/** A pattern that ends as the site's style does. */
export function withSuffix(pattern: string, style: string): string {
  if (style.endsWith('/') || style === 'pretty') return `${pattern}/`;
  return style.endsWith(':output_ext') || ['date', 'ordinal', 'none'].includes(style)
    ? `${pattern}:output_ext`
    : pattern;
}

/** Letters and digits, all else hyphens; `pretty` keeps signs that an address may have. */
function slugify(text: string, mode: 'default' | 'pretty' = 'default'): string {
  const others = mode === 'pretty' ? /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu : /[^\p{M}\p{L}\p{Nd}]+/gu;
  return text.replaceAll(others, '-').replace(/^-|-$/g, '');
}

export interface Placeholders {
  collection: string;
  path: string;
  /** The name of the file without its ending. */
  name: string;
  slug: string;
  categories: readonly string[];
  date: LocalDate;
}

/** The pattern filled in; null when it asks for what Jekyll does not have either. */
export function expandUrl(pattern: string, values: Placeholders): string | null {
  let known = true;
  const path = pattern.replaceAll(/:([a-z_]+)/g, (all, name: string) => {
    const value = valueOf(name, values) ?? (name.endsWith('_') ? valueOf(name.slice(0, -1), values) : null);
    if (value === null) known = false;
    else return valueOf(name, values) === null ? `${value}_` : value;
    return all;
  });
  return known ? clean(path) : null;
}

/** As Jekyll makes an address safe. */
export function clean(path: string): string {
  return `/${path}`.replaceAll('..', '/').replaceAll('./', '').replaceAll(/\/+/g, '/');
}

function valueOf(name: string, values: Placeholders): string | null {
  const { collection, path, slug, categories } = values;
  switch (name) {
    case 'collection':
      return collection;
    case 'path':
      return path;
    case 'name':
      return slugify(values.name).toLowerCase();
    case 'title':
      return slugify(slug, 'pretty');
    case 'slug':
      return slugify(slug).toLowerCase();
    case 'categories':
      return [...new Set(categories.map((one) => one.toLowerCase()))].join('/');
    case 'slugified_categories':
      return [...new Set(categories.map((one) => slugify(one).toLowerCase()))].join('/');
    case 'output_ext':
      return '.html';
    default:
      return ofDate(name, values.date);
  }
}

function ofDate(name: string, date: LocalDate): string | null {
  const parts: Readonly<Record<string, string>> = {
    year: String(date.year).padStart(4, '0'),
    short_year: pad(date.year % 100),
    month: pad(date.month),
    i_month: String(date.month),
    short_month: (MONTHS[date.month - 1] ?? '').slice(0, 3),
    long_month: MONTHS[date.month - 1] ?? '',
    day: pad(date.day),
    i_day: String(date.day),
    y_day: pad(dayOfYear(date), 3),
    w_year: String(isoWeek(date).year),
    week: pad(isoWeek(date).week),
    w_day: String(weekday(date) || 7),
    short_day: (WEEKDAYS[weekday(date)] ?? '').slice(0, 3),
    long_day: WEEKDAYS[weekday(date)] ?? '',
    hour: pad(date.hour),
    minute: pad(date.minute),
    second: pad(date.second),
  };
  return parts[name] ?? null;
}
