/** A scanned post → the post as it travels, its pictures inside. */
import { dirname, resolve } from 'node:path';
import { postSchema } from '../../function/contract.ts';
import type { Post } from '../../function/contract.ts';
import type { Config } from '../config/config.ts';
import { PostError } from '../errors.ts';
import type { Pictures } from './pictures.ts';
import type { ScannedPost } from '../scan/post.ts';
import { AVATAR } from './site.ts';

interface Context {
  config: Pick<Config, 'root' | 'output'>;
  pictures: Pictures;
}

/** The post as it travels, pictures embedded. A picture whose host may not be asked is left out and told of. */
export async function withPictures(
  scanned: ScannedPost,
  { config, pictures }: Context,
  onRefused: (host: string) => void,
): Promise<Post> {
  const { image, avatar } = scanned.pictures;
  if (image === undefined && avatar === undefined) return scanned.post;
  const base = dirname(resolve(config.root, scanned.file));
  const load = async (field: string, reference: string | undefined, box: typeof AVATAR) => {
    if (reference === undefined) return undefined;
    try {
      const picture = await pictures.load({ reference, base, box });
      if (typeof picture === 'string') return picture;
      onRefused(picture.refused.host || picture.refused.protocol);
      return undefined;
    } catch (cause) {
      if (!(cause instanceof PostError)) throw cause;
      throw new PostError(cause.code, `${field}: ${cause.message}`, { cause });
    }
  };
  const [imageUri, avatarUri] = await Promise.all([
    load('image', image, { width: config.output.width, height: config.output.height }),
    load('author.avatar', avatar, AVATAR),
  ]);
  const { author } = scanned.post;
  const name = typeof author === 'object' ? author.name : author;
  return postSchema.parse({
    ...scanned.post,
    ...(imageUri !== undefined && { image: imageUri }),
    ...(avatarUri !== undefined && name !== undefined && { author: { name, avatar: avatarUri } }),
  });
}
