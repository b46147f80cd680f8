/** What a blog's own code may import: the typed config. */
export { defineConfig } from './config.ts';
export type { Auth, Author, MapSource, UserConfig } from './user-config.ts';
export type { Output, Post, Site } from '../function/contract.ts';
