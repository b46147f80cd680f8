/**
 * The AWS clients of one run. They are the SDK's own; three things are ours: one bounded way to try again, the signal
 * that ends a run, and errors that name the action, what it was for, and what to do.
 */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { actionOf, boundsOf, explain, subjectOf } from './errors.ts';
import { interrupted, pause } from './retry.ts';
import { proxyAgents } from './http.ts';
import type { Agents } from './http.ts';
import type { CredentialProvider } from './credentials.ts';
import type { Env } from './oidc.ts';
import type { Clock } from './retry.ts';

const CONNECT_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 30_000;
/** An Invoke lasts as long as the function does, 15 minutes at most. */
const INVOKE_TIMEOUT_MS = 905_000;

export interface Aws {
  logs: CloudWatchLogsClient;
  ecr: ECRClient;
  iam: IAMClient;
  lambda: LambdaClient;
  /** The same service, patient enough for an Invoke. */
  invoker: LambdaClient;
  s3: S3Client;
  sts: STSClient;
  region: string;
  credentials: CredentialProvider;
  /** Through the proxy of the environment, where there is one. */
  agents: Agents | undefined;
  clock: Clock;
  close(): void;
}

export interface AwsOptions {
  region: string;
  env: Env;
  credentials: CredentialProvider;
  clock: Clock;
  signal: AbortSignal;
}

/** Every `send` of these clients throws DeployError. */
export function connect({ region, env, credentials, clock, signal }: AwsOptions): Aws {
  const agents = proxyAgents(env);
  const settings = (service: string, requestTimeout = REQUEST_TIMEOUT_MS) => {
    const endpoint = env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'];
    return {
      region,
      credentials,
      retryStrategy: retries(clock),
      ...(endpoint ? { endpoint } : {}),
      requestHandler: {
        ...agents,
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout,
        throwOnRequestTimeout: true,
      },
    };
  };
  const clients = {
    logs: new CloudWatchLogsClient(settings('CLOUDWATCH_LOGS')),
    ecr: new ECRClient(settings('ECR')),
    iam: new IAMClient(settings('IAM')),
    lambda: new LambdaClient(settings('LAMBDA')),
    invoker: new LambdaClient(settings('LAMBDA', INVOKE_TIMEOUT_MS)),
    s3: new S3Client({
      ...settings('S3'),
      followRegionRedirects: true,
      forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']),
    }),
    sts: new STSClient(settings('STS')),
  };
  for (const [name, client] of Object.entries(clients) as [string, Tuned][])
    tune(client, name === 'invoker' ? 'lambda' : name, signal);
  return {
    ...clients,
    region,
    credentials,
    agents,
    clock,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

type Next = (args: { input: object }) => Promise<unknown>;

/** As much of an SDK client as is changed here; all of them have it. */
interface Tuned {
  middlewareStack: {
    add(
      middleware: (next: Next, context: { commandName?: string }) => Next,
      options: { step: 'initialize'; priority: 'high'; name: string },
    ): void;
  };
  config: { requestHandler: { handle(request: unknown, options?: object): unknown } };
}

function tune(client: Tuned, service: string, signal: AbortSignal): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (signal.aborted) throw interrupted();
        try {
          return await next(args);
        } catch (error) {
          if (signal.aborted) throw interrupted();
          throw explain(error, actionOf(service, commandName ?? ''), subjectOf(args.input));
        }
      },
    { step: 'initialize', priority: 'high', name: 'explained' },
  );
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => handle(request, { ...options, abortSignal: signal });
}

interface Tries {
  started: number;
  count: number;
  getRetryCount: () => number;
  getRetryDelay: () => number;
}

const tries = (started: number, count: number): Tries => ({
  started,
  count,
  getRetryCount: () => count,
  // The wait is over before the SDK learns of it.
  getRetryDelay: () => 0,
});

/** The SDK's own strategy waits by the wall clock and knows neither a role that is spreading nor a conflict. */
function retries(clock: Clock) {
  return {
    acquireInitialRetryToken: () => Promise.resolve(tries(clock.now(), 0)),
    async refreshRetryTokenForRetry(token: object, { error }: { error?: unknown }): Promise<Tries> {
      const { started, count } = token as Tries;
      const bounds = boundsOf(error);
      // What is thrown here is not seen: the SDK then throws the error of the last try.
      if (bounds === null || clock.now() >= started + bounds.total) throw new Error('not again');
      await clock.sleep(pause(clock, bounds, count));
      return tries(started, count + 1);
    },
    recordSuccess: () => undefined,
  };
}
