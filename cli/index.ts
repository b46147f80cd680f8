/** What a blog's own code may import: the typed config. */
export { defineConfig } from './config/config.ts';
export type { Auth, Author, MapSource, UserConfig } from './config/schema.ts';
export type { Output, Post, Site } from '../function/contract.ts';
