/** The configuration of one blog: what a user may write, and what the rest of the CLI reads. */
import type { Output, Post } from '../function/contract.ts';

export type Auth = 'iam' | 'token' | 'none';

/** What `map` is told beside the post itself. */
export interface MapSource {
  frontMatter: Readonly<Record<string, unknown>>;
  /** Path relative to the config's folder, with "/" on every system. */
  file: string;
}

/** A validated configuration with every default filled in. Paths are absolute. */
export interface Config {
  /** The folder of the config file: globs and relative paths start here. */
  root: string;
  content: string[];
  /** As written: `logo` and an author's `avatar` are files still. */
  site: Readonly<Record<string, unknown>>;
  template: string | ((post: Post) => string);
  /** The folder of templates for rendering here; null: the package's own. */
  templates: string | null;
  map: ((post: Post, source: MapSource) => Partial<Post> | null) | null;
  drafts: boolean;
  future: boolean;
  output: Output;
  key: string;
  /** `s3://bucket/prefix` or an absolute folder; null: the function's own, or `out/images` when rendering here. */
  store: string | null;
  /** The Function URL; null: render here. */
  function: string | null;
  auth: Auth;
  publicUrl: string | null;
  manifest: string | null;
  concurrency: number;
  batch: number;
  /** Folders a root-relative picture ("/img/a.png") is looked for in. */
  static: string[];
  /** Hosts from which pictures may be fetched over https. */
  imageHosts: string[];
}
