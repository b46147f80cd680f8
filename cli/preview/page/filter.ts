/** Which entries are asked for. Pure. */
import type { GridEntry } from '../api.ts';
import type { Outcome } from './live.ts';

export type Show = 'all' | 'new' | 'changed' | 'warning' | 'problem';

export interface Filter {
  text: string;
  show: Show;
  /** Empty: any. */
  template: string;
  lang: string;
}

export const ANY: Filter = { text: '', show: 'all', template: '', lang: '' };

/** Case and accents make no difference to who searches. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Whether an entry is one of those to show, texts and selections aside. */
export function shows(entry: GridEntry, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'new':
    case 'changed':
      return entry.status === show;
    case 'warning':
      return (entry.warnings ?? 0) > 0;
    case 'problem':
      return entry.problem !== null;
    default:
      return show satisfies never;
  }
}

/** What was learned of pictures since the state was read. */
export function withOutcomes(
  entries: readonly GridEntry[],
  outcomes: ReadonlyMap<string, Outcome>,
): GridEntry[] {
  return entries.map((entry) => {
    const outcome = entry.fingerprint === null ? undefined : outcomes.get(entry.fingerprint);
    return outcome === undefined ? entry : { ...entry, warnings: outcome.warnings };
  });
}

/** Every word must stand in the title, the address or the file. */
export function filter(entries: readonly GridEntry[], { text, show, template, lang }: Filter): GridEntry[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (!shows(entry, show)) return false;
    if (template !== '' && entry.template !== template) return false;
    if (lang !== '' && entry.lang !== lang) return false;
    if (words.length === 0) return true;
    const haystack = plain(`${entry.title} ${entry.slug} ${entry.address} ${entry.id}`);
    return words.every((word) => haystack.includes(word));
  });
}
