/** A store that keeps nothing: each image that is put goes to whoever looks at it. */
import type { Image, Store } from '../../function/store/store.ts';

/** For a function whose pictures are looked at and not stored. `take` is awaited before the image counts as stored. */
export function captureStore(take: (image: Image) => Promise<void>): Store {
  return {
    address: 'nowhere',
    remote: false,
    async put(image) {
      await take(image);
      return { etag: '' };
    },
    async *list() {},
    fingerprint: async () => null,
    peek: async () => null,
    delete: async () => [],
    read: async () => null,
    write: async () => true,
  };
}
