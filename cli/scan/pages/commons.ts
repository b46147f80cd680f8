/** What the pages of a site have in common says nothing of any one of them. */
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

/** Counts as it goes: `add` each page, then ask. Memory grows with different values, not with pages. */
export function countCommons(): { add(head: PageHead): void; commons(siteName: string | null): Commons } {
  const counts = new Map<string, number>();
  const count = (...parts: string[]): void => {
    const key = parts.join('\0');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const most = (all: string[], ...parts: string[]): boolean => {
    const some = counts.get([...all, ...parts].join('\0')) ?? 0;
    return some >= FEWEST && some * 2 > (counts.get(all.join('\0')) ?? 0);
  };
  return {
    add(head) {
      const { titles, pictures, canonical } = head;
      for (const kind of ['og', 'title'] as const) {
        const title = titles[kind];
        if (title === null) continue;
        const lang = head.lang ?? '';
        count(kind, lang);
        for (const end of endsOf(title)) count(kind, lang, end);
      }
      for (const [kind, values] of [
        ['heading', [titles.heading]],
        ['picture', new Set(pictures)],
        ['canonical', [canonical]],
      ] as const) {
        count(kind);
        for (const value of values) if (value !== null) count(kind, value);
      }
    },
    commons: (siteName) => ({
      stripTitle(title, kind, head) {
        const all = [kind, head.lang ?? ''];
        const named = head.siteName ?? siteName;
        const isShared = (end: string) => most(all, end) || bare(end) === named;
        for (const end of endsOf(title)) {
          if (!isShared(end)) continue;
          const rest = title.startsWith(end) ? title.slice(end.length) : title.slice(0, -end.length);
          if (rest.trim() !== '') return rest.trim();
        }
        return title;
      },
      isCommon: (kind, value) => most([kind], value),
    }),
  };
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
