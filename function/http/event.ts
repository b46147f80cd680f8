/** Lambda's events ↔ the app's requests: a Function URL event (payload version 2) or a direct Invoke. Pure. */
import { z } from 'zod';
import type { HttpAnswer, HttpRequest } from './http.ts';

const urlEventSchema = z.object({
  rawPath: z.string().catch('/'),
  rawQueryString: z.string().catch(''),
  headers: z.record(z.string(), z.string()).catch({}),
  body: z.string().optional().catch(undefined),
  isBase64Encoded: z.boolean().catch(false),
  requestContext: z.object({
    http: z.object({ method: z.string().catch('') }),
    authorizer: z
      .object({ iam: z.looseObject({}) })
      .optional()
      .catch(undefined),
  }),
});

export type Invocation = { kind: 'http'; request: HttpRequest } | { kind: 'invoke'; body: unknown };

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}

/** Any value in, an invocation out: what has no HTTP envelope is the body of a direct Invoke. */
export function parseEvent(event: unknown): Invocation {
  const parsed = urlEventSchema.safeParse(event);
  if (!parsed.success) return { kind: 'invoke', body: event };
  const { rawPath, rawQueryString, headers, body = '', isBase64Encoded, requestContext } = parsed.data;
  return {
    kind: 'http',
    request: {
      method: requestContext.http.method.toUpperCase(),
      path: decodePath(rawPath) || '/',
      query: new URLSearchParams(rawQueryString),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
      ),
      body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
      signed: requestContext.authorizer !== undefined,
    },
  };
}

export interface FunctionUrlResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** An answer as a Function URL wants it: text as it is, bytes in base64. */
export function toUrlResult({ status, headers, body }: HttpAnswer): FunctionUrlResult {
  const isText = typeof body === 'string';
  return {
    statusCode: status,
    headers,
    body: isText ? body : Buffer.from(body).toString('base64'),
    isBase64Encoded: !isText,
  };
}
