/** One Lambda invocation from event to answer, with its log line and its metrics. */
import type { App, RenderContext } from '../app.ts';
import type { Access } from '../http/auth.ts';
import type { FunctionError, RenderResponse } from '../contract.ts';
import { parseEvent, toUrlResult } from '../http/event.ts';
import type { FunctionUrlResult } from '../http/event.ts';
import { toFunctionError, wireError } from '../failure.ts';
import { answer } from '../http/http.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { metricFields } from './metrics.ts';

/** What of Lambda's context object is used. */
interface LambdaContext {
  awsRequestId: string;
  functionName: string;
  getRemainingTimeInMillis(): number;
}

export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;

interface Outcome {
  result: FunctionUrlResult | RenderResponse | { error: ReturnType<typeof wireError> };
  route: string;
  status: number;
  response?: RenderResponse | undefined;
  error?: FunctionError | undefined;
}

async function invoke(app: App, access: Access, event: unknown, context: RenderContext): Promise<Outcome> {
  const invocation = parseEvent(event);
  if (invocation.kind === 'http') {
    const { request } = invocation;
    const answered = await answer(app, access, request, context);
    const { status, response, error } = answered;
    return {
      result: toUrlResult(answered),
      route: `${request.method} ${request.path}`,
      status,
      response,
      error,
    };
  }
  // A direct Invoke has passed IAM already: it needs lambda:InvokeFunction on this very function.
  try {
    const response = await app.render(invocation.body, context);
    return { result: response, route: 'invoke', status: 200, response };
  } catch (thrown) {
    const error = toFunctionError(thrown);
    return { result: { error: wireError(error) }, route: 'invoke', status: error.status, error };
  }
}

/** The handler for Lambda, made of an app that is ready. `clock` gives milliseconds since the epoch. */
export function createHandler(options: {
  app: Promise<App>;
  access: Access;
  log: Log;
  clock?: () => number;
}): LambdaHandler {
  const { access, log, clock = Date.now } = options;
  let coldStart = true;
  return async (event, context) => {
    const { awsRequestId: requestId, functionName } = context;
    const startedAt = clock();
    const deadline = startedAt + context.getRemainingTimeInMillis();
    const app = await options.app;
    const { result, route, status, response, error } = await invoke(app, access, event, {
      deadline,
      requestId,
    });
    const durationMs = Math.round(clock() - startedAt);
    log(status >= 500 ? 'error' : 'info', {
      event: 'request',
      requestId,
      route,
      status,
      durationMs,
      ...(response !== undefined &&
        metricFields({ functionName, response, coldStart, durationMs, timestamp: startedAt })),
      ...(error !== undefined && { error: describeError(error) }),
    });
    coldStart = false;
    return result;
  };
}
