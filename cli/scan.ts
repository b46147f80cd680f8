/** Markdown → posts. */
import type { Post } from '../function/contract.ts';

/** A file that could not become a post. The others go on; the exit code tells. */
export interface Problem {
  file: string;
  code: string;
  message: string;
}

/** A post as found on disk: `image` and an author's avatar are data URIs by now. */
export interface Scanned {
  file: string;
  post: Post;
}
