/** A scanned post → the post as it travels, its pictures inside. */
import { dirname, resolve } from 'node:path';
import { postSchema } from '../../function/contract.ts';
import type { Post, Warning } from '../../function/contract.ts';
import type { Config } from '../config/config.ts';
import { PostError } from '../errors.ts';
import type { Pictures } from './pictures.ts';
import type { ScannedPost } from '../scan/post.ts';
import type { Box } from './shrink.ts';
import { AVATAR } from './site.ts';

interface Context {
  config: Pick<Config, 'root'>;
  pictures: Pictures;
}

/** A post with its pictures, and what became of them. */
export interface WithPictures {
  post: Post;
  /** One for each picture that could not be used: the card is made without it. */
  warnings: Warning[];
  /** The pictures that are in the post. */
  kept: ScannedPost['pictures'];
}

/** The post as it travels, pictures embedded, its cover as large as a card of `size` needs. A picture that cannot be used is left out, with a warning that says why. */
export async function withPictures(
  scanned: ScannedPost,
  { config, pictures }: Context,
  size: Box,
): Promise<WithPictures> {
  const { image, avatar } = scanned.pictures;
  if (image === undefined && avatar === undefined) return { post: scanned.post, warnings: [], kept: {} };
  const base = dirname(resolve(config.root, scanned.file));
  const warnings: Warning[] = [];
  const load = async (field: string, reference: string | undefined, box: Box) => {
    if (reference === undefined) return undefined;
    try {
      return await pictures.load({ reference, base, box });
    } catch (cause) {
      if (!(cause instanceof PostError)) throw cause;
      warnings.push({ code: 'picture_left_out', message: `${field}: ${cause.message}.` });
      return undefined;
    }
  };
  const [imageUri, avatarUri] = await Promise.all([
    load('image', image, { width: size.width, height: size.height }),
    load('author.avatar', avatar, AVATAR),
  ]);
  const { author } = scanned.post;
  const name = typeof author === 'object' ? author.name : author;
  const post = postSchema.parse({
    ...scanned.post,
    ...(imageUri !== undefined && { image: imageUri }),
    ...(avatarUri !== undefined && name !== undefined && { author: { name, avatar: avatarUri } }),
  });
  return {
    post,
    warnings: warnings.sort((a, b) => (a.message < b.message ? 1 : -1)),
    kept: {
      ...(imageUri !== undefined && image !== undefined && { image }),
      ...(avatarUri !== undefined && avatar !== undefined && { avatar }),
    },
  };
}
