/** One post of a request → its job → a card, drawn with its warnings → one stored result. */
import { z } from 'zod';
import { clip } from '../text/bound.ts';
import { FunctionError, LIMITS, requestPostSchema } from '../contract.ts';
import type { Output, RequestPost, Site, StoredResult, Warning } from '../contract.ts';
import { invalid, refuseUnbounded } from '../failure.ts';
import { fingerprint } from '../fingerprint.ts';
import { fontsFor, scriptsIn, needsOf } from '../fonts/scripts.ts';
import type { InstalledFonts } from '../fonts/scripts.ts';
import { DEFAULT_KEY, expandKey } from '../key.ts';
import type { CardFinding, Picture, Renderer } from '../renderer/renderer.ts';
import type { Store } from '../store/store.ts';
import type { Template, Templates } from '../templates/templates.ts';
import { checkImage } from './images.ts';

/** A post parsed and checked, with its template, key and identity known. */
export interface Job {
  post: RequestPost;
  template: Template;
  key: string;
  fingerprint: string;
  /** Font packages beside og-sync's own. */
  installed: InstalledFonts;
}

/** What all posts of one request have in common. */
interface Shared {
  site: Site;
  output: Output;
  templates: Templates;
}

const FALLBACK_TEMPLATE = 'default';
const addressed = z
  .object({ slug: z.string().catch(''), key: z.string().catch('') })
  .catch({ slug: '', key: '' });

/** The slug and key a post claims, for naming it when the rest of it cannot be read. */
export function claimedAddress(post: unknown, index: number): { slug: string; key: string } {
  const { slug, key } = addressed.parse(post);
  return { slug: clip(slug, LIMITS.keyBytes) || `posts[${index}]`, key: clip(key, LIMITS.keyBytes) };
}

function templateOf(post: RequestPost, templates: Templates): Template {
  const name = post.template ?? FALLBACK_TEMPLATE;
  const template = templates.all.get(name);
  if (template !== undefined) return template;
  throw new FunctionError(
    'unknown_template',
    `There is no template "${name}".`,
    `Known templates: ${[...templates.all.keys()].sort().join(', ') || 'none'}.`,
  );
}

/** The code of the field that is wrong, where the contract has one of its own. */
function codeOf(error: z.ZodError): 'invalid_slug' | 'invalid_key' | 'invalid_image' | 'bad_request' {
  const fields = new Set(error.issues.map(({ path }) => path[0]));
  if (fields.size !== 1) return 'bad_request';
  if (fields.has('slug')) return 'invalid_slug';
  if (fields.has('key')) return 'invalid_key';
  return fields.has('image') ? 'invalid_image' : 'bad_request';
}

/** Every picture a post or the site brings, checked before Chromium sees it. Throws `FunctionError` `invalid_image`. */
export async function checkImages(
  holder: Pick<RequestPost, 'author' | 'image'> & Pick<Site, 'logo'>,
): Promise<void> {
  const { author } = holder;
  const avatar = typeof author === 'object' ? author.avatar : undefined;
  for (const image of [holder.image, holder.logo, avatar])
    if (typeof image === 'string') await checkImage(image);
}

/**
 * Parses one post and recomputes its identity.
 * @throws FunctionError naming the field, the template or the fingerprint that is wrong.
 */
export function readJob(input: unknown, { site, output, templates }: Shared): Job {
  refuseUnbounded('The post', input);
  const parsed = requestPostSchema.safeParse(input);
  if (!parsed.success) throw invalid(codeOf(parsed.error), 'The post', parsed.error);
  const post = parsed.data;
  const template = templateOf(post, templates);
  const { name, digest } = template;
  const { fonts: installed = {} } = templates.described;
  const fonts = fontsFor(installed, needsOf(post), needsOf(site));
  const identity = fingerprint({ post, site, template: { name, digest }, output, fonts });
  if (post.fingerprint !== undefined && post.fingerprint !== identity)
    throw new FunctionError(
      'fingerprint_mismatch',
      `The caller computed another fingerprint (${post.fingerprint.slice(0, 12)}…) than the function (${identity.slice(0, 12)}…).`,
      'Use the same version of og-sync on both sides: deploy the function first, then run og-sync again.',
    );
  const key =
    post.key ??
    expandKey(DEFAULT_KEY, { slug: post.slug, fingerprint: identity, template: name, format: output.format });
  return { post, template, key, fingerprint: identity, installed };
}

interface Drawn {
  picture: Picture;
  warnings: Warning[];
}

/** Enough for a person to see what is wrong; a page of boxes helps nobody. */
const NAMED_GLYPHS = 20;

async function missingGlyphs({ template, installed }: Job, text: string): Promise<Warning[]> {
  const missing = await template.missing(text);
  if (missing.length === 0) return [];
  const named = missing.slice(0, NAMED_GLYPHS).map((cluster) => {
    const points = Array.from(
      cluster,
      (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
    );
    return `${cluster} (${points.join(' ')})`;
  });
  const more = missing.length > NAMED_GLYPHS ? ` and ${missing.length - NAMED_GLYPHS} more` : '';
  const cures = scriptsIn(missing.join(''))
    .filter(({ code }) => installed[code] === undefined)
    .map((script) => ` ${script.name}: npm i -D ${script.package}`);
  return [{ code: 'missing_glyph', message: `No font has ${named.join(', ')}${more}.${cures.join('')}` }];
}

interface DrawContext {
  renderer: Renderer;
  site: Site;
  output: Output;
  signal?: AbortSignal | undefined;
}

/** Letters and digits alone: between them stand other spaces than in the source, and soft hyphens. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** A description may end in an ellipsis: its page has it whole. A title that does is a fault. */
function warningOf({ code, message, text = '' }: CardFinding, post: RequestPost): Warning {
  const cut = lettersOf(text);
  const isOfTitle = cut === lettersOf(post.title);
  const isOfDescription = cut !== '' && lettersOf(post.description ?? '').startsWith(cut);
  const isInfo = code === 'text_cut' && isOfDescription && !isOfTitle;
  return { code, message, ...(isInfo && { level: 'info' }) };
}

/** Fills the template and renders it. Throws `FunctionError` of the template or of the renderer. */
export async function draw(job: Job, { renderer, site, output, signal }: DrawContext): Promise<Drawn> {
  const card = await job.template.render({ post: job.post, site, output });
  const picture = await renderer.render(card, output, signal);
  const found = picture.findings.map((finding) => warningOf(finding, job.post));
  const warnings = [...found, ...(await missingGlyphs(job, picture.text))];
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
