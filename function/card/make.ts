/** One job → one picture with its warnings → one stored result. */
import type { Output, Site, StoredResult, Warning } from '../contract.ts';
import type { Job } from './job.ts';
import type { Picture, Renderer } from '../renderer/renderer.ts';
import type { Store } from '../store/store.ts';

export interface Drawn {
  picture: Picture;
  warnings: Warning[];
}

/** Enough for a person to see what is wrong; a page of boxes helps nobody. */
const NAMED_GLYPHS = 20;

async function missingGlyphs({ template }: Job, text: string): Promise<Warning[]> {
  const missing = await template.missing(text);
  if (missing.length === 0) return [];
  const named = missing.slice(0, NAMED_GLYPHS).map((character) => {
    const point = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `${character} (U+${point})`;
  });
  const more = missing.length > NAMED_GLYPHS ? ` and ${missing.length - NAMED_GLYPHS} more` : '';
  return [{ code: 'missing_glyph', message: `No font has ${named.join(', ')}${more}.` }];
}

/** Fills the template and renders it. Throws `FunctionError` of the template or of the renderer. */
export async function draw(
  { post, template, ...job }: Job,
  {
    renderer,
    site,
    output,
    signal,
  }: { renderer: Renderer; site: Site; output: Output; signal?: AbortSignal | undefined },
): Promise<Drawn> {
  const card = await template.render({ post, site, output });
  const picture = await renderer.render(card, output, signal);
  const warnings = [...picture.findings, ...(await missingGlyphs({ post, template, ...job }, picture.text))];
  return { picture, warnings };
}

/** Whether a key holds the hash of this very picture: such a name is never used for another one. */
const isImmutable = ({ key, fingerprint }: Job): boolean => key.includes(fingerprint.slice(0, 12));

/** Writes the picture. Throws `FunctionError` of the store. */
export async function put(
  job: Job,
  { picture, warnings }: Drawn,
  { store, output, signal }: { store: Store; output: Output; signal?: AbortSignal | undefined },
): Promise<StoredResult> {
  const { bytes, width, height, renderMs } = picture;
  const { key, fingerprint } = job;
  const { etag } = await store.put(
    { key, bytes, contentType: `image/${output.format}`, fingerprint, immutable: isImmutable(job) },
    signal,
  );
  return {
    status: 'stored',
    slug: job.post.slug,
    key,
    fingerprint,
    etag,
    bytes: bytes.byteLength,
    width,
    height,
    renderMs: Math.round(renderMs * 10) / 10,
    warnings,
  };
}
