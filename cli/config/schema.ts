/** What a user may write in `og.config.ts`: the type an editor completes, and the schema that checks it. */
import { z } from 'zod';
import { LIMITS, outputSchema } from '../../function/contract.ts';
import type { Output, Post } from '../../function/contract.ts';
import { PRESET_NAMES } from './preset-names.ts';
import type { PresetName } from './preset-names.ts';
import { keyPatternProblem } from '../../function/key.ts';
import { themeSchema } from '../../function/text/theme.ts';
import type { Theme } from '../../function/text/theme.ts';

export type Auth = 'iam' | 'token' | 'none';

/** What `map` gets beside the post itself. */
export interface MapSource {
  frontMatter: Readonly<Record<string, unknown>>;
  /** Path relative to the config's folder, with "/" on every system. */
  file: string;
  /** The first heading of the file, without its markup; null when it has none. */
  heading: string | null;
}

/** A post as `map` sees it: its pictures are files or addresses still, `alt` is the alternative text of its image. */
export type PostFields = Post & { alt?: string };

/** A person, by name alone or with a picture: a file, or an https address of one of `imageHosts`. */
export type Author = string | { name: string; avatar?: string };

/** One of several sizes. What is left out has the default of `output`. */
type UserOutput = Partial<Output> & { name: string; key?: string };

export interface UserConfig {
  /** Globs, or folders (their markdown), relative to the config file. Default: every .md, .mdx and .markdown below `content`. A leading `!` takes files out. */
  content?: string | string[];
  /** The site's generator, whose way with files, addresses and titles is followed. Default: recognised; `none` switches it off. */
  preset?: PresetName | 'none';
  /** The folder of the built site: its pages are a source of posts, beside `content` or alone. */
  pages?: string;
  /** Write the tags that name the images into those pages. Default: false. */
  inject?: boolean;
  /** With `inject`: write JSON-LD that names the images, too. Default: false. */
  jsonLd?: boolean;
  /** A post that names a picture of its own: `card` shows it on the card, `keep` makes no card. Default: `card`. */
  own?: 'card' | 'keep';
  /** What every template sees: the blog's name, address, logo (a file), author, theme, and fields of your own. */
  site?: {
    name?: string;
    url?: string;
    logo?: string;
    author?: Author;
    theme?: Theme;
    [field: string]: unknown;
  };
  /** A template's name, or a function that picks one for each post (`image` is as its front matter names it). Default: `default`. */
  template?: string | ((post: Post) => string);
  /** A folder of templates of your own, for rendering on this machine, beside those that og-sync brings. */
  templates?: string;
  /** Changes a post before it is drawn, or skips it by returning null. A picture is a file or an address here. */
  map?: (post: PostFields, source: MapSource) => Partial<PostFields> | null;
  /** Make images of drafts too. Default: false. */
  drafts?: boolean;
  /** Make images of posts dated in the future. Default: true. */
  future?: boolean;
  /** What titles and descriptions hold. Default: what the preset knows, else `markdown`. */
  text?: 'markdown' | 'html' | 'plain';
  /** A folder `zh-tw/` or a name `a.zh-cn.md` says the language of a post, where no preset knows it. Default: true. */
  pathLanguage?: boolean;
  /** Default: 1200×630 px, JPEG of quality 90, at most 300,000 bytes. */
  output?: Partial<Output>;
  /** Several images a post, in place of `output`: the first is og:image. Each may have a `key` of its own. */
  outputs?: UserOutput[];
  /**
   * How an image is named below the store: `{slug}` `{hash}` `{ext}` `{template}` `{output}`. Default: `{slug}.{ext}`, with
   * `inject` `{slug}.{hash}.{ext}`; of all but the first of `outputs`, `{slug}-{output}` in place of `{slug}`.
   */
  key?: string;
  /** A folder, or `s3://bucket/prefix`. Default: `out/images`, or the function's own bucket. */
  store?: string;
  /** The Function URL. Without one, images are rendered on this machine. */
  function?: string;
  /** How requests to the function are signed. Default: `iam`. */
  auth?: Auth;
  /** The address images are served from, or a function of the environment that returns it; goes into manifest and tags. */
  publicUrl?: string | ((environment: Readonly<Record<string, string | undefined>>) => string);
  /** A JSON file to write: slug → address, size and alternative text of its image. */
  manifest?: string;
  /** Requests in flight. Default: 10. */
  concurrency?: number;
  /** Posts in one request. Default: 16. */
  batch?: number;
  /** Folders in which a picture like `/img/a.png` is looked for. Default: `public`, `static` and the config's own. */
  static?: string[];
  /** Hosts from which pictures may be fetched over https; `*.example.com` takes every host below. Default: none. */
  imageHosts?: string[];
}

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const flag = () => z.boolean('must be true or false');
const count = (most: number) => {
  const message = `must be a whole number from 1 to ${most}`;
  return z.int(message).min(1, message).max(most, message);
};
const isAsync = (value: unknown) => Object.prototype.toString.call(value) === '[object AsyncFunction]';
/** A function of the user's that is called once a post: what it returns is used at once. */
const callback = <F>(message: string) =>
  z
    .custom<F>((value) => typeof value === 'function', message)
    .refine(
      (value) => !isAsync(value),
      'must not be async: it is called for each post and must answer at once',
    );

const address = (value: string) => {
  const url = URL.parse(value);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
};
export const publicUrl = text('an https address').refine(address, 'must be an https address');
/** Fetching an address that holds a password is refused, with the password in the message. */
const withoutUser = (value: string) => {
  const url = URL.parse(value);
  return url === null || (url.username === '' && url.password === '');
};
/** Which names S3 takes is S3's business: older buckets break today's rules. */
const S3 = /^s3:\/\/[A-Za-z0-9][A-Za-z0-9._-]*(\/.*)?$/;
const HOST = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/;

const author = z.union(
  [
    z.string().max(LIMITS.author),
    z.strictObject({ name: z.string().max(LIMITS.author), avatar: z.string().min(1).optional() }),
  ],
  'must be a name, or an object of name and avatar (a file)',
);

const keyPattern = text('a pattern such as {slug}.{ext}').superRefine((pattern, context) => {
  const problem = keyPatternProblem(pattern);
  if (problem !== null) context.addIssue({ code: 'custom', message: `cannot be a key pattern: ${problem}` });
});
const MOST_OUTPUTS = 8;
const namedOutput = outputSchema.extend({
  name: text('a name').regex(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    'must be a name of at most 32 of a-z, 0-9 and "-"',
  ),
  key: keyPattern.optional(),
});

/** The fields one by one, so that a flag of the command line can be checked like the field it stands for. */
export const fields = {
  content: z
    .union(
      [
        text('a folder or a glob').transform((glob) => [glob]),
        z.array(text('a folder or a glob')).min(1, 'must hold at least one folder or glob'),
      ],
      'must be a folder, a glob or a list of them',
    )
    .refine(
      (globs) => globs.length === 0 || globs.some((glob) => !glob.startsWith('!')),
      'must hold a folder or a glob without a leading "!"',
    ),
  preset: z.enum(
    [...PRESET_NAMES, 'none'],
    `must be one of ${[...PRESET_NAMES, 'none'].map((name) => `"${name}"`).join(', ')}`,
  ),
  site: z
    .object(
      {
        name: text('a name').optional(),
        url: text('an address').optional(),
        logo: text('a file').optional(),
        author: author.optional(),
        theme: themeSchema.optional(),
      },
      'must be an object',
    )
    .catchall(z.unknown().refine((value) => z.json().safeParse(value).success, 'must be what JSON can hold')),
  template: z.union(
    [text('a template name'), callback<(post: Post) => string>('must be a function')],
    'must be a template name or a function from a post to one',
  ),
  templates: text('a folder'),
  map: callback<NonNullable<UserConfig['map']>>('must be a function'),
  drafts: flag(),
  future: flag(),
  text: z.enum(['markdown', 'html', 'plain'], 'must be "markdown", "html" or "plain"'),
  pathLanguage: flag(),
  output: outputSchema,
  outputs: z
    .array(namedOutput, 'must be a list of outputs')
    .min(1, 'must hold at least one output')
    .max(MOST_OUTPUTS, `must hold at most ${MOST_OUTPUTS} outputs`)
    .superRefine((outputs, context) => {
      for (const [index, { name }] of outputs.entries())
        if (outputs.findIndex((other) => other.name === name) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: 'must be a name that no other output has',
          });
    }),
  key: keyPattern,
  store: text('a folder or s3://bucket/prefix').refine(
    (value) => (value.includes('://') ? S3.test(value) : true),
    'must be a folder or s3://bucket/prefix',
  ),
  function: text('the https address of the function')
    .refine(address, 'must be the https address of the function')
    .refine(
      withoutUser,
      'must not hold a user or a password; OG_FUNCTION_TOKEN and AWS credentials are sent as headers',
    ),
  auth: z.enum(['iam', 'token', 'none'], 'must be "iam", "token" or "none"'),
  publicUrl: z.union(
    [publicUrl, callback<Exclude<UserConfig['publicUrl'], string | undefined>>('must be a function')],
    'must be an https address, or a function of the environment that returns one',
  ),
  pages: text('a folder'),
  inject: flag(),
  jsonLd: flag(),
  own: z.enum(['card', 'keep'], 'must be "card" or "keep"'),
  manifest: text('a file to write'),
  concurrency: count(1000),
  batch: count(LIMITS.posts),
  static: z.array(text('a folder'), 'must be a list of folders'),
  imageHosts: z.array(
    z.string('must be a host name').regex(HOST, 'must be a host name such as images.example.com'),
    'must be a list of host names',
  ),
};

export const userConfigSchema = z
  .strictObject(fields, 'must be an object')
  .partial()
  .superRefine(({ output, outputs, key }, context) => {
    if (output !== undefined && outputs !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['output'],
        message: 'must be left out where there are outputs: the first of them takes its place',
      });
    if (outputs === undefined && key?.includes('{output}') === true)
      context.addIssue({
        code: 'custom',
        path: ['key'],
        message: 'must not have {output}: there are no outputs to name',
      });
  });
export type ParsedConfig = z.output<typeof userConfigSchema>;

/** The names that may stand in each object of the configuration, by the object's own path; `[]` is any item of a list. */
export const KNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(fields),
  output: Object.keys(outputSchema.shape),
  'outputs[]': Object.keys(namedOutput.shape),
  'site.author': ['name', 'avatar'],
  'site.theme': Object.keys(themeSchema.shape),
};
