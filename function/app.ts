/** Request → response: parse, render, store. Everything it touches is handed in; it knows no environment and no AWS. */
import pLimit from 'p-limit';
import { FunctionError, LIMITS, outputSchema, requestSchema } from './contract.ts';
import type { Description, FailedResult, Output, RenderResponse, Result, Site } from './contract.ts';
import { invalid, refuseUnbounded, toFunctionError, wireError } from './failure.ts';
import { createDeadline } from './lambda/deadline.ts';
import { checkImages, claimedAddress, draw, put, readJob } from './card/card.ts';
import type { Job } from './card/card.ts';
import { describeError, quietly } from './log.ts';
import type { Log } from './log.ts';
import { VERSION } from './package.ts';
import type { Picture, Renderer } from './renderer/renderer.ts';
import type { Store } from './store/store.ts';
import type { Templates } from './templates/templates.ts';

/** Puts in flight while pictures are rendered: enough to hide a store's latency behind the renderer. */
const PUTS = 16;

export interface AppOptions {
  renderer: Renderer;
  store: Store;
  templates: Templates;
  log: Log;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** What `GET /image` shows of the site; a request to render brings its own. */
  site?: Site;
  /** The size and format of `GET /image`. */
  output?: Output;
  /** Others that it may ask for by name. */
  outputs?: ReadonlyMap<string, Output>;
}

export interface RenderContext {
  /** Milliseconds since the epoch by which the answer must be given; what cannot be done by then is `unprocessed`. */
  deadline?: number | undefined;
  /** Once aborted, nothing more is started; what is in flight is finished. */
  signal?: AbortSignal | undefined;
  requestId?: string | undefined;
}

export interface App {
  describe(): Promise<Description>;
  /** Throws `FunctionError` when the request as a whole cannot be read; a bad post is a failed result. */
  render(body: unknown, context?: RenderContext): Promise<RenderResponse>;
  /** One picture that is not stored, in the output of that name. Throws `FunctionError`. */
  picture(
    post: unknown,
    context?: RenderContext & { outputName?: string | undefined },
  ): Promise<Picture & { contentType: string }>;
}

/** The function itself. See `handler.ts` for Lambda, `serve.ts` for HTTP; the CLI's local dispatch runs it in process. */
export function createApp(options: AppOptions): App {
  const { renderer, store, templates, clock = Date.now } = options;
  const log = quietly(options.log);

  async function render(body: unknown, context: RenderContext = {}): Promise<RenderResponse> {
    refuseUnbounded('The request', withoutPosts(body));
    const parsed = requestSchema.safeParse(body);
    if (!parsed.success) throw invalid('bad_request', 'The request', parsed.error);
    const { site, output, posts } = parsed.data;
    await checkImages(site);

    const deadline = createDeadline(context, clock);
    const rendering = pLimit(renderer.pages + 1);
    const putting = pLimit(PUTS);
    const claimed = new Map<string, string>();

    async function make(post: unknown, index: number): Promise<Result | string> {
      let known: Pick<FailedResult, 'slug' | 'key' | 'fingerprint'> = claimedAddress(post, index);
      try {
        const job = readJob(post, { site, output, templates });
        known = { slug: job.post.slug, key: job.key, fingerprint: job.fingerprint };
        claim(claimed, job);
        await checkImages(job.post);
        const drawn = await rendering(async () =>
          deadline.mayStart()
            ? deadline.run((signal) => draw(job, { renderer, site, output, signal }))
            : null,
        );
        if (drawn === null) return known.slug;
        return await putting(() => deadline.finish((signal) => put(job, drawn, { store, output, signal })));
      } catch (thrown) {
        if (deadline.passed()) return known.slug;
        const error = toFunctionError(thrown);
        log(error.code === 'internal' ? 'error' : 'warn', {
          event: 'post_failed',
          requestId: context.requestId,
          ...known,
          error: describeError(error),
        });
        return { status: 'failed', ...known, warnings: [], error: wireError(error) };
      }
    }

    try {
      const made = await Promise.all(posts.map(make));
      return {
        results: made.filter((result) => typeof result !== 'string'),
        unprocessed: made.filter((result) => typeof result === 'string'),
      };
    } finally {
      deadline.clear();
    }
  }

  return {
    render,

    async describe() {
      return {
        name: 'og-sync',
        version: VERSION,
        chromium: renderer.chromium,
        store: store.address,
        ...templates.described,
        limits: LIMITS,
      };
    },

    async picture(post, { signal, outputName } = {}) {
      const { site = {} } = options;
      const output = outputOf(options, outputName);
      const job = readJob(post, { site, output, templates });
      await checkImages(job.post);
      const { picture } = await draw(job, { renderer, site, output, signal });
      return { ...picture, contentType: `image/${output.format}` };
    },
  };
}

function outputOf({ output, outputs = new Map<string, Output>() }: AppOptions, name?: string): Output {
  const found = name === undefined ? (output ?? outputSchema.parse({})) : outputs.get(name);
  if (found !== undefined) return found;
  throw new FunctionError(
    'bad_request',
    `There is no output ${JSON.stringify(name)}.`,
    `Known outputs: ${[...outputs.keys()].join(', ') || 'none'}.`,
  );
}

/** Posts are looked at one by one: a bad one fails alone. */
function withoutPosts(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? { ...body, posts: null } : body;
}

/** Two posts of one request must not overwrite each other. */
function claim(claimed: Map<string, string>, { key, post }: Job): void {
  const other = claimed.get(key);
  if (other !== undefined)
    throw new FunctionError(
      'duplicate_key',
      `The posts "${other}" and "${post.slug}" of this request have one key, ${key}.`,
      'Give each a slug or a key of its own.',
    );
  claimed.set(key, post.slug);
}
