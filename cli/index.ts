/** What a blog's own code may import: the typed config. */
export type { Post, Site } from '../function/contract.ts';
