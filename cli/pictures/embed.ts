/** A scanned post → the post as it travels, its pictures inside. */
import { dirname, resolve } from 'node:path';
import { postSchema } from '../../function/contract.ts';
import type { Post } from '../../function/contract.ts';
import type { Config } from '../config/config.ts';
import { PictureError } from './locate.ts';
import type { Pictures } from './pictures.ts';
import type { Scanned } from '../scan/markdown/post.ts';
import { AVATAR } from './site.ts';

/** Why a post could not be given its identity. The message is told after the file's name. */
export class IdentifyError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'IdentifyError';
    this.code = code;
  }
}

export interface EmbedContext {
  config: Pick<Config, 'root' | 'output'>;
  pictures: Pictures;
}

/** The post as it travels, pictures embedded. A picture whose host may not be asked is left out and told of. */
export async function embed(
  scanned: Scanned,
  { config, pictures }: EmbedContext,
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
      if (!(cause instanceof PictureError)) throw cause;
      throw new IdentifyError(cause.code, `${field}: ${cause.message}`, { cause });
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
