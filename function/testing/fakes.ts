/** Stand-ins for tests that are not about pictures: Chromium takes half a second to start, these take none. */
import sharp from 'sharp';
import type { Renderer } from '../renderer/renderer.ts';
import type { Image, Store } from '../store/store.ts';
import type { Template, Templates } from '../templates/templates.ts';

export interface FakeRenderer extends Renderer {
  /** How many pictures were asked for. */
  readonly rendered: number;
}

/** A renderer that draws nothing: the same small, real JPEG for every card. `before` may wait or throw. */
export function fakeRenderer(before: (body: string) => Promise<void> | void = () => {}): FakeRenderer {
  let rendered = 0;
  const jpeg = sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .jpeg()
    .toBuffer();
  return {
    pages: 4,
    chromium: null,
    get rendered() {
      return rendered;
    },
    async render({ body }, { width, height, quality }) {
      rendered += 1;
      await before(body);
      return { bytes: await jpeg, width, height, quality, renderMs: 1, findings: [], text: body, found: [] };
    },
    async warm() {},
    async close() {},
  };
}

function fakeTemplate(name: string): Template {
  return {
    name,
    folder: `/templates/${name}`,
    bytes: 0,
    digest: name.repeat(8),
    families: async () => ['Inter'],
    render: async ({ post }) => ({ head: '', body: post.title }),
    missing: async (text) => (text.includes('\u{10FFFF}') ? ['\u{10FFFF}'] : []),
  };
}

/** Templates whose card is the title alone. */
export function fakeTemplates(...names: string[]): Templates {
  const all = new Map((names.length > 0 ? names : ['default']).map((name) => [name, fakeTemplate(name)]));
  const templates = Object.fromEntries([...all].map(([name, { digest }]) => [name, { digest }]));
  return {
    all,
    fonts: { digest: 'fonts', installed: {}, missing: async () => [] },
    described: { templates, fonts: {} },
  };
}

/** A store in memory that remembers what was put; `before` may wait or throw. */
export function memoryStore(
  before: (image: Image) => Promise<void> | void = () => {},
): Store & { images: Map<string, Image> } {
  const images = new Map<string, Image>();
  return {
    images,
    address: 'memory:',
    remote: false,
    async put(image) {
      await before(image);
      images.set(image.key, image);
      return { etag: image.fingerprint };
    },
    async *list() {
      for (const { key, fingerprint, bytes } of images.values())
        yield { key, etag: fingerprint, bytes: bytes.byteLength, modified: new Date(0) };
    },
    fingerprint: async (key) => images.get(key)?.fingerprint ?? null,
    async peek(key) {
      const bytes = images.get(key)?.bytes;
      return bytes === undefined ? null : { head: bytes, bytes: bytes.byteLength, cacheControl: null };
    },
    async delete(keys) {
      for (const key of keys) images.delete(key);
      return [];
    },
    read: async () => null,
    write: async () => true,
  };
}
