/** Markdown → posts. */
import type { Post } from '../function/contract.ts';

/** A file that could not become a post. The others go on; the exit code tells. */
export interface Problem {
  file: string;
  code: string;
  message: string;
}

/** A post as found on disk, its pictures not read yet. */
export interface Scanned {
  file: string;
  /** Without `image`; an author without avatar. */
  post: Post;
  /** Where its pictures are, as the front matter names them. */
  pictures: { image?: string; avatar?: string };
}
