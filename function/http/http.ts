/** What the function says over HTTP, whoever carries it: a Function URL event or a loopback server. */
import { z } from 'zod';
import type { App, RenderContext } from '../app.ts';
import { authorize } from './auth.ts';
import type { Access } from './auth.ts';
import { FunctionError, LIMITS } from '../contract.ts';
import type { RenderResponse } from '../contract.ts';
import { toFunctionError, wireError } from '../failure.ts';

export interface HttpRequest {
  method: string;
  /** Decoded path without the query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Raw body; empty when there is none. */
  body: Uint8Array;
  /** Whether AWS has checked a signature before the request came here. */
  signed: boolean;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** The response that was sent as JSON, for metrics. */
  response?: RenderResponse;
  /** The error that was sent, for the log. */
  error?: FunctionError;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

function parseBody({ headers, body }: HttpRequest): unknown {
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  // curl -d names its body a form unless asked otherwise; a person with curl is served.
  if (type !== 'application/json' && type !== 'application/x-www-form-urlencoded')
    throw new FunctionError(
      'unsupported_media_type',
      `The body's content type is ${type}.`,
      'Send JSON, with "Content-Type: application/json".',
    );
  if (body.byteLength > LIMITS.bodyBytes) throw tooLarge(body.byteLength);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new FunctionError(
      'invalid_json',
      `The body is not JSON: ${(cause as Error).message}.`,
      'Send {"posts":[{"slug":"…","title":"…"}]}.',
      { cause },
    );
  }
}

/** A body of `bytes` bytes (undefined: unknown, but over the limit) is refused. */
export function tooLarge(bytes?: number): FunctionError {
  const found = bytes === undefined ? '' : ` (${bytes} bytes)`;
  return new FunctionError(
    'too_large',
    `The body${found} is over the limit of ${LIMITS.bodyBytes} bytes.`,
    'Send fewer posts in one request, or smaller images.',
  );
}

/** `GET /image`: one post written as a query; tags are separated by commas, `output` names a size. Unknown fields are refused by the schema. */
function postFromQuery(query: URLSearchParams): Record<string, unknown> {
  const { tags, output: _output, ...fields } = Object.fromEntries(query);
  return { slug: 'image', ...fields, ...(tags !== undefined && { tags: tags.split(',').filter(Boolean) }) };
}

type Route = (app: App, request: HttpRequest, context: RenderContext) => Promise<HttpAnswer>;

const ROUTES: Record<string, Record<string, Route>> = {
  '/': {
    GET: async (app) => json(200, await app.describe()),
    POST: async (app, request, context) => {
      const response = await app.render(parseBody(request), context);
      return { ...json(200, response), response };
    },
  },
  '/image': {
    GET: async (app, { query }, context) => {
      const { bytes, contentType } = await app.picture(postFromQuery(query), {
        ...context,
        outputName: query.get('output') ?? undefined,
      });
      return {
        status: 200,
        headers: { 'content-type': contentType, 'cache-control': 'no-store' },
        body: bytes,
      };
    },
  },
};

function routeOf({ method, path }: HttpRequest): Route {
  const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (methods === undefined)
    throw new FunctionError(
      'not_found',
      `There is nothing at ${JSON.stringify(path)}.`,
      'Known are GET /, POST / and GET /image.',
    );
  const route = methods[method === 'HEAD' ? 'GET' : method];
  if (Object.hasOwn(methods, method === 'HEAD' ? 'GET' : method) && route !== undefined) return route;
  throw new FunctionError(
    'method_not_allowed',
    `${method} is not possible at ${path}.`,
    `Use ${Object.keys(methods).join(' or ')}.`,
    { details: { allow: Object.keys(methods) } },
  );
}

const allowed = z.object({ allow: z.array(z.string()) });

/** Answers one request; never throws: whatever goes wrong is an answer of the contract. */
export async function answer(
  app: App,
  access: Access,
  request: HttpRequest,
  context: RenderContext = {},
): Promise<HttpAnswer> {
  try {
    authorize(access, request);
    return await routeOf(request)(app, request, context);
  } catch (thrown) {
    const error = toFunctionError(thrown);
    const allow = allowed.safeParse(error.details);
    const headers: Record<string, string> = {
      ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer' }),
      ...(allow.success && { allow: allow.data.allow.join(', ') }),
    };
    return { ...json(error.status, { error: wireError(error) }, headers), error };
  }
}
