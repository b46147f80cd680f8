/** A post made of front matter, as the scan makes it of a file. */
import type { Config } from '../config/config.ts';
import { postOf } from '../scan/markdown/fields.ts';
import type { FrontMatter } from '../scan/markdown/formats.ts';
import { isDraft, placeOf } from '../scan/markdown/placed.ts';
import type { TextKind } from '../scan/markdown/text.ts';
import { toPost } from '../scan/post.ts';
import type { ScannedPost } from '../scan/post.ts';

const NOW = new Date('2025-06-01T00:00:00Z');

type Options = Partial<Pick<Config, 'map' | 'drafts' | 'future'>> & {
  file?: string;
  site?: string;
  text?: TextKind;
};

/** The post of a file below `content`; null when it is skipped. It is June 2025. */
export function postFrom(frontMatter: FrontMatter, options: Options = {}): ScannedPost | null {
  const { file = 'content/a.md', drafts = false, site = null, text = 'markdown', ...rest } = options;
  if (!drafts && isDraft(frontMatter)) return null;
  const placed = placeOf({ file, fixed: 'content' }, frontMatter, { site, folderLanguage: null });
  return toPost(postOf(file, placed, text), { map: null, future: true, now: NOW, ...rest });
}
