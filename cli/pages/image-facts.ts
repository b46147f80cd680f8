/** The first bytes of an image → what it is. */
import { imageSize } from 'image-size';
import type { Peek } from '../../function/store/store.ts';

export interface ImageFacts {
  bytes: number;
  /** `jpeg`, `png`, `webp`, …; null: these bytes are no image. */
  format: string | null;
  width: number;
  height: number;
  cacheControl: string | null;
}

export function imageFacts({ head, bytes, cacheControl }: Peek): ImageFacts {
  try {
    // A copy: the library reads beyond the end of a view, into whatever memory lies there.
    const { type = '', width, height } = imageSize(new Uint8Array(head));
    return { bytes, format: type === 'jpg' ? 'jpeg' : type, width, height, cacheControl };
  } catch {
    return { bytes, format: null, width: 0, height: 0, cacheControl };
  }
}
