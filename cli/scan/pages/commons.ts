/** What the pages of a site have in common says nothing of any one of them. */
import { Frequent } from './frequent.ts';
import type { PageHead } from './head.ts';

export interface Commons {
  /** The title without what the titles of its language begin or end with: "About | My Blog" is "About". */
  stripTitle(title: string, kind: 'og' | 'title', head: PageHead): string;
  /** Whether this is a heading, a picture or a canonical address of most pages. */
  isCommon(kind: 'heading' | 'picture' | 'canonical', value: string): boolean;
}

/** "About | My Blog", "About - My Blog", "My Blog: About" */
const SEPARATOR = /\s[|\-–—·•»«:~/]{1,2}\s|:\s/g;
/** Fewer pages have nothing in common but chance. */
const FEWEST = 3;

/** Counts as it goes: `add` each page, then ask. Memory does not grow with pages. */
export function countCommons(): { add(head: PageHead): void; commons(siteName: string | null): Commons } {
  const groups = new Map<string, Frequent>();
  /** How often values stand in a group, out of as many pages as have one at all. */
  const group = (...parts: string[]): Frequent => {
    const key = parts.join('\0');
    const known = groups.get(key) ?? new Frequent();
    groups.set(key, known);
    return known;
  };
  return {
    add(head) {
      const { titles, pictures, canonical } = head;
      for (const kind of ['og', 'title'] as const) {
        const title = titles[kind];
        if (title === null) continue;
        const lang = head.lang ?? '';
        group('titles', kind, lang).add('');
        for (const end of endsOf(title)) group('ends', kind, lang).add(end);
      }
      group('pages').add('');
      if (titles.heading !== null) group('heading').add(titles.heading);
      if (canonical !== null) group('canonical').add(canonical);
      for (const picture of new Set(pictures)) group('picture').add(picture);
    },
    commons: (siteName) => ({
      stripTitle(title, kind, head) {
        const lang = head.lang ?? '';
        const named = head.siteName ?? siteName;
        const isShared = (end: string) =>
          most(group('ends', kind, lang), group('titles', kind, lang), end) || bare(end) === named;
        for (const end of endsOf(title)) {
          if (!isShared(end)) continue;
          const rest = title.startsWith(end) ? title.slice(end.length) : title.slice(0, -end.length);
          if (rest.trim() !== '') return rest.trim();
        }
        return title;
      },
      isCommon: (kind, value) => most(group(kind), group('pages'), value),
    }),
  };
}

/** Whether most of these have the value. */
function most(counts: Frequent, of: Frequent, value: string): boolean {
  const some = counts.count(value);
  return some >= FEWEST && some * 2 > of.total;
}

/** What a title ends with, from its last separator, and what it begins with. */
function endsOf(title: string): string[] {
  const parts = title.split(SEPARATOR);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length < 2) return [];
  const separators = title.match(SEPARATOR) ?? [];
  return [`${separators.at(-1)}${last}`, `${first}${separators[0]}`];
}

function bare(end: string): string {
  return end.replace(/^[\s|\-–—·•»«:~/]+/, '').trim();
}
