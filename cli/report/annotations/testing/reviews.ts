/** Reviews for tests. */
import type { PlacedNote } from '../placed.ts';
import type { Review } from '../review.ts';

export function note(fields: Partial<PlacedNote> = {}): PlacedNote {
  return {
    severity: 'warning',
    code: 'text_cut',
    name: 'text that does not fit',
    file: 'content/a.md',
    path: 'blog/content/a.md',
    line: 2,
    message: '"A long title" does not fit its box and is cut.',
    ...fields,
  };
}

export function review(notes: readonly PlacedNote[], fields: Partial<Review> = {}): Review {
  return {
    verb: 'sync',
    folder: 'blog',
    notes,
    figures: [
      { name: 'Posts', value: 3, unit: 'count' },
      { name: 'Duration', value: 1200, unit: 'ms' },
    ],
    site: 'https://blog.example/',
    ...fields,
  };
}

/** So many warnings, each of a file of its own. */
export function warnings(many: number): PlacedNote[] {
  return Array.from({ length: many }, (_, at) =>
    note({ path: `content/${at}.md`, message: `Number ${at}.` }),
  );
}
