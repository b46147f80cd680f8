/** The AWS clients of one run and the one way to call them: named action, bounded retries, errors explained. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { interrupted, QUICK, retry } from './retry.ts';
import { explain } from './errors.ts';
import { kindOf } from './error-kinds.ts';
import type { CredentialProvider } from './credentials.ts';
import type { Env } from './oidc.ts';
import type { Bounds, Clock } from './retry.ts';

const CONNECT_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 30_000;
/** An Invoke lasts as long as the function does, 15 minutes at most. */
const INVOKE_TIMEOUT_MS = 905_000;

interface CallOptions {
  /** True for an error that means: it is done already. The answer is then undefined. */
  done?: (error: unknown) => boolean;
  /** True for an error worth another try besides throttling, conflicts, 5xx and broken connections. */
  again?: (error: unknown) => boolean;
  bounds?: Bounds;
}

/** What is handed to each request, so that Ctrl-C ends it. */
interface Sending {
  abortSignal: AbortSignal;
}

export interface Aws {
  logs: CloudWatchLogsClient;
  ecr: ECRClient;
  iam: IAMClient;
  lambda: LambdaClient;
  /** The same service, patient enough for an Invoke. */
  invoker: LambdaClient;
  s3: S3Client;
  sts: STSClient;
  clock: Clock;
  /** Sends a request. @throws DeployError that names the action and the resource. */
  call<T>(
    action: string,
    resource: string,
    send: (sending: Sending) => Promise<T>,
    options?: CallOptions & { done?: never },
  ): Promise<T>;
  call<T>(
    action: string,
    resource: string,
    send: (sending: Sending) => Promise<T>,
    options: CallOptions,
  ): Promise<T | undefined>;
  /** The same for a read: undefined when the thing is not there. */
  find<T>(action: string, resource: string, send: (sending: Sending) => Promise<T>): Promise<T | undefined>;
  close(): void;
}

export interface AwsOptions {
  region: string;
  env: Env;
  credentials: CredentialProvider;
  clock: Clock;
  signal: AbortSignal;
}

export function connect({ region, env, credentials, clock, signal }: AwsOptions): Aws {
  const settings = (service: string, requestTimeout = REQUEST_TIMEOUT_MS) => {
    const endpoint = env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'];
    return {
      region,
      credentials,
      // Ours alone decides what is tried again: the SDK's own tries would multiply with it.
      maxAttempts: 1,
      ...(endpoint ? { endpoint } : {}),
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout, throwOnRequestTimeout: true },
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

  async function call<T>(
    action: string,
    resource: string,
    send: (sending: Sending) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T | undefined> {
    const again = (error: unknown): boolean => {
      if (signal.aborted || options.done?.(error) === true) return false;
      return (
        ['throttled', 'transient', 'conflict'].includes(kindOf(error)) || options.again?.(error) === true
      );
    };
    try {
      return await retry(clock, options.bounds ?? QUICK, again, () => {
        if (signal.aborted) throw interrupted();
        return send({ abortSignal: signal });
      });
    } catch (error) {
      if (signal.aborted) throw interrupted();
      if (options.done?.(error) === true) return undefined;
      throw explain(error, action, resource);
    }
  }

  return {
    ...clients,
    clock,
    call,
    find: (action, resource, send) =>
      call(action, resource, send, { done: (error) => kindOf(error) === 'absent' }),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
