/** What every plugin does in a development server: the card of a page, drawn when it is asked for, at the address it will have. */
import type { CardImage, CardRenderer } from '../api/card.ts';
import type { RendererOptions } from '../api/options.ts';
import type { GivenPost } from '../scan/given.ts';
import { configOptions } from './config.ts';
import type { PluginLogger, PluginOptions, Project } from './options.ts';

/** A request and a response, as far as they are needed: those of Node fit. */
export interface CardRequest {
  method?: string | undefined;
  url?: string | undefined;
  originalUrl?: string | undefined;
}
export interface CardResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: Uint8Array | string): unknown;
}

export interface LiveOptions {
  options: PluginOptions;
  /** Asked when the first card is. */
  project: () => Project;
  logger: () => PluginLogger;
  /** A post of one of these slugs, or its page. */
  find?: (slugs: readonly string[], request: CardRequest) => Promise<GivenPost | LivePage | null>;
  /** Posts that are known at once. */
  posts?: () => readonly GivenPost[];
  /** The built site is there in development, too. Only the pages at these addresses count. */
  addresses?: () => readonly string[];
}

export interface LivePage {
  address: string;
  html: string;
}

/** A middleware for any server that takes Connect's. It answers images of posts and leaves everything else to others. */
export function liveCards(
  live: LiveOptions,
): (request: CardRequest, response: CardResponse, next: () => void) => void {
  let opening: Promise<CardRenderer> | null = null;

  async function open(): Promise<CardRenderer> {
    const { openCards } = await import('../api/renderer.ts');
    const project = live.project();
    const { posts = () => [], addresses } = live;
    const options: RendererOptions = { ...configOptions(live.options, project), posts };
    if (addresses === undefined) return openCards(options, { pages: null });
    return openCards({ ...options, addresses }, { pages: project.outDir });
  }

  async function draw(key: string, request: CardRequest): Promise<CardImage | null> {
    opening ??= open();
    // A configuration that was wrong may be right now.
    opening.catch(() => (opening = null));
    const renderer = await opening;
    const card = await renderer.image(key);
    const slugs = renderer.slugsOf(key);
    if (card !== null || slugs.length === 0) return card;
    const found = (await live.find?.(slugs, request)) ?? null;
    if (found === null) return null;
    return 'html' in found ? renderer.renderPage(found) : renderer.render(found);
  }

  async function respond(
    key: string,
    request: CardRequest,
    response: CardResponse,
    next: () => void,
  ): Promise<void> {
    try {
      const card = await draw(key, request);
      if (card === null) next();
      else answer(response, request, card);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      live.logger().error(`The card ${key} could not be drawn: ${message}`);
      response.statusCode = 500;
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end(message);
    }
  }

  return (request, response, next) => {
    const key = keyOf(request, live.project().base);
    if (key === null) {
      next();
      return;
    }
    void respond(key, request, response, next);
  };
}

/** The name of the image that is asked for; null for anything else. Servers that take off the base are met as well. */
function keyOf({ method = 'GET', url = '', originalUrl = url }: CardRequest, base: string): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  const path = URL.parse(originalUrl, 'http://localhost')?.pathname ?? '';
  const prefix = [`${base}og/`, '/og/'].find((start) => path.startsWith(start));
  if (prefix === undefined || !/\.(?:jpe?g|png|webp)$/.test(path)) return null;
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch {
    return null;
  }
}

function answer(response: CardResponse, { method }: CardRequest, { bytes, contentType }: CardImage): void {
  response.statusCode = 200;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', String(bytes.byteLength));
  response.setHeader('cache-control', 'no-store');
  response.end(method === 'HEAD' ? undefined : bytes);
}
