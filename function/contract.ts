/**
 * The wire contract: what may be asked of the function and what it answers. Everything that enters the system over
 * HTTP, through a direct Invoke or from the function's answer is parsed here, once.
 */
import { z } from 'zod';
import { keyProblem, MAX_KEY_BYTES, pathProblem, toSlug } from './text/slug.ts';
import { MARK_KINDS } from './text/marks.ts';
import { isBlank } from './text/text.ts';
import { themeSchema } from './text/theme.ts';

export { ERRORS, FunctionError, OgError, isRetryable } from './errors.ts';
export type { ErrorCode } from './errors.ts';

/** Hard limits, part of the contract and stated by `GET /`. Lengths are UTF-16 units; sizes are bytes; pixels CSS px. */
export const LIMITS = {
  posts: 100,
  bodyBytes: 5_500_000,
  slug: 512,
  keyBytes: MAX_KEY_BYTES,
  address: 2000,
  title: 1000,
  description: 2000,
  marks: 200,
  author: 200,
  tags: 32,
  tag: 100,
  lang: 100,
  template: 64,
  imageBytes: 2_000_000,
  imagePixels: 25_000_000,
  dataBytes: 64_000,
  dataDepth: 8,
  width: [100, 2400],
  height: [100, 2400],
} as const;

/** Things a person should look at although the picture was made. */
const WARNINGS = [
  'text_cut',
  'overflow',
  'low_contrast',
  'small_text',
  'edge',
  'missing_glyph',
  'over_budget',
  'picture_left_out',
] as const;
export type WarningCode = (typeof WARNINGS)[number];

function path(what: 'slug' | 'key') {
  return z
    .string()
    .transform(toSlug)
    .superRefine((value, context) => {
      const problem = what === 'key' ? keyProblem(value) : pathProblem(value);
      const message = `${JSON.stringify(value)} cannot be a ${what}: ${problem}`;
      if (problem !== null) context.addIssue({ code: 'custom', message });
    });
}

const IMAGE = /^data:image\/(png|jpeg|webp|gif|avif|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/;

/** An image travels inside the request as a base64 data URI: the function fetches nothing. */
const imageSchema = z
  .string()
  .max(Math.ceil((LIMITS.imageBytes * 4) / 3) + 64, `an image may have at most ${LIMITS.imageBytes} bytes`)
  .regex(
    IMAGE,
    'must be a base64 data URI of a PNG, JPEG, WebP, GIF, AVIF or SVG image; the function fetches no address',
  );

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const child of Object.values(value)) deepest = Math.max(deepest, depthOf(child));
  return deepest + 1;
}

/** Free fields of a post or of the site: any JSON, bounded in size and depth. */
const dataSchema = z
  .record(z.string(), z.json())
  .refine((data) => Buffer.byteLength(JSON.stringify(data)) <= LIMITS.dataBytes, {
    message: `may have at most ${LIMITS.dataBytes} bytes of JSON`,
  })
  .refine((data) => depthOf(data) <= LIMITS.dataDepth, {
    message: `may be nested ${LIMITS.dataDepth} deep at most`,
  });

const authorSchema = z.union([
  z.string().max(LIMITS.author),
  z.strictObject({ name: z.string().max(LIMITS.author), avatar: imageSchema.optional() }),
]);

/** `YYYY-MM-DD` or a full instant: never a local time, so that no picture depends on a machine's time zone. */
const dateSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Parts of a text that are code, emphasis and so on. */
const marksSchema = z
  .array(z.strictObject({ kind: z.enum(MARK_KINDS), from: z.int().min(0), to: z.int().min(0) }))
  .max(LIMITS.marks);

/** What a template sees of a post, except `template` itself. */
export const postSchema = z.strictObject({
  slug: path('slug'),
  /** The path of the post's page on the site; templates print it. Without one, it is made of the slug. */
  address: z.string().max(LIMITS.address).startsWith('/', 'must begin with "/"').optional(),
  title: z
    .string()
    .max(LIMITS.title)
    .refine((title) => !isBlank(title), 'must not be empty'),
  description: z.string().max(LIMITS.description).optional(),
  /** Title and description are plain; the filter `inline` draws their parts as these say. */
  marks: z.strictObject({ title: marksSchema.optional(), description: marksSchema.optional() }).optional(),
  date: dateSchema.optional(),
  author: authorSchema.optional(),
  tags: z.array(z.string().max(LIMITS.tag)).max(LIMITS.tags).optional(),
  /** BCP 47. What is no such tag counts as none. */
  lang: z.string().max(LIMITS.lang).optional(),
  image: imageSchema.optional(),
  template: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be a template name: a-z, 0-9 and "-"')
    .max(LIMITS.template)
    .optional(),
  data: dataSchema.optional(),
});
export type Post = z.infer<typeof postSchema>;

/** A post in a request: besides what the template sees, where to store the picture and the identity it must have. */
export const requestPostSchema = postSchema.extend({
  key: path('key').optional(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
});
export type RequestPost = z.infer<typeof requestPostSchema>;

export const siteSchema = z
  .object({
    name: z.string().max(200).optional(),
    url: z.string().max(2000).optional(),
    logo: imageSchema.optional(),
    author: authorSchema.optional(),
    theme: themeSchema.optional(),
  })
  .catchall(z.json())
  .refine(
    ({ logo: _logo, author: _author, ...free }) =>
      Buffer.byteLength(JSON.stringify(free)) <= LIMITS.dataBytes,
    { message: `may have at most ${LIMITS.dataBytes} bytes of JSON beside the logo and the author` },
  );
export type Site = z.infer<typeof siteSchema>;

/** Size in CSS px, quality 1–100 (JPEG, WebP), byte budget per image: 300,000 is what WhatsApp takes. */
export const outputSchema = z.strictObject({
  width: z.int().min(LIMITS.width[0]).max(LIMITS.width[1]).default(1200),
  height: z.int().min(LIMITS.height[0]).max(LIMITS.height[1]).default(630),
  format: z.enum(['jpeg', 'png', 'webp']).default('jpeg'),
  quality: z.int().min(1).max(100).default(90),
  maxBytes: z.int().min(1000).max(8_000_000).default(300_000),
});
export type Output = z.infer<typeof outputSchema>;

/** A request whose posts are not looked at yet: one bad post must fail alone, so each is parsed by itself. */
export const requestSchema = z.strictObject({
  site: siteSchema.default({}),
  output: outputSchema.prefault({}),
  posts: z.array(z.unknown()).min(1, 'must hold at least one post').max(LIMITS.posts),
});

/** The body of `POST /`, as a caller writes it. */
export interface RenderRequest {
  site?: z.input<typeof siteSchema>;
  output?: z.input<typeof outputSchema>;
  posts: z.input<typeof requestPostSchema>[];
}

/** Codes are read as any text: a newer function may have more of them, and one result must not cost the whole answer. */
const warningSchema = z.object({
  code: z.enum(WARNINGS).or(z.string()),
  message: z.string(),
  /** `info`: good to know, and no reason to do anything. Left out: a warning. */
  level: z.literal('info').or(z.string()).optional(),
});
export type Warning = z.infer<typeof warningSchema>;

/** Whether it is a warning, and not only good to know. */
export function isWarning({ level }: Warning): boolean {
  return level !== 'info';
}

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
});

/** The result of one post. A failed one has `error`; a stored one has sizes, and the ETag where the store has one. */
const resultSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('stored'),
    slug: z.string(),
    key: z.string(),
    fingerprint: z.string(),
    etag: z.string().optional(),
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
    renderMs: z.number(),
    warnings: z.array(warningSchema),
  }),
  z.object({
    status: z.literal('failed'),
    slug: z.string(),
    key: z.string(),
    fingerprint: z.string().optional(),
    warnings: z.array(warningSchema).default([]),
    error: errorSchema,
  }),
]);
export type Result = z.infer<typeof resultSchema>;
export type StoredResult = Extract<Result, { status: 'stored' }>;
export type FailedResult = Extract<Result, { status: 'failed' }>;

/** A result that this version does not know. */
const foreignResultSchema = z
  .looseObject({ slug: z.string(), key: z.string(), status: z.string() })
  .transform(({ slug, key, status }): FailedResult => {
    const message = `The function answered ${JSON.stringify(status)} in a form that this version of og-sync does not know. Install the version that the function has.`;
    return { status: 'failed', slug, key, warnings: [], error: { code: 'unknown_result', message } };
  });

export const responseSchema = z.object({
  results: z.array(z.union([resultSchema, foreignResultSchema])),
  unprocessed: z.array(z.string()),
});
export type RenderResponse = z.infer<typeof responseSchema>;

/** The answer of `GET /`: what this function is, where it writes, which templates it has, what it accepts. */
export const descriptionSchema = z.object({
  name: z.literal('og-sync'),
  version: z.string(),
  chromium: z.string().nullable(),
  store: z.string(),
  templates: z.record(z.string(), z.object({ digest: z.string() })),
  /**
   * Font packages beside og-sync's own, `name@version`, by the script they draw (ISO 15924) and by family in lower case: part
   * of the identity of the images that need them.
   */
  fonts: z.record(z.string(), z.string()).optional(),
  limits: z.looseObject({ posts: z.int().positive(), bodyBytes: z.int().positive() }),
});
export type Description = z.infer<typeof descriptionSchema>;

/** The body of every answer that is not 2xx. */
export const failureSchema = z.object({ error: errorSchema });
export type Failure = z.infer<typeof failureSchema>;
