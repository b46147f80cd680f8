/** The proof that a version works: it renders a real card into the real bucket, called directly. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { failureSchema, isRetryable, responseSchema } from '../../function/contract.ts';
import type { RenderRequest, Result } from '../../function/contract.ts';
import { DeployError } from '../error.ts';
import { retry } from '../aws/retry.ts';
import { succeeded } from '../aws/wait.ts';
import type { Aws } from '../aws/client.ts';
import type { RetryBounds } from '../aws/retry.ts';

/** Out of every blog's way: below the folder that og-sync keeps for itself. */
const KEY = '.og-sync/smoke-test.jpg';
/** A card of fewer bytes would be blank. */
const LEAST_BYTES = 1000;
/** A new role's right to the bucket spreads within seconds; a version that is Inactive wakes within a minute or two. */
const BOUNDS: RetryBounds = { base: 1000, cap: 8000, total: 3 * 60_000 };
const TRIES_OF_RENDER = 4;

export interface Proof {
  version: string;
  bytes: number;
  width: number;
  height: number;
  renderMs: number;
}

/**
 * Calls one version of a function directly, without its URL.
 * @throws DeployError `smoke_failed` with the reason and the tail of the log; never for a version that rendered.
 */
export async function smokeTest(aws: Aws, functionName: string, version: string): Promise<Proof> {
  // A version that is still Pending cannot be called; one that is Inactive wakes by the first call.
  await succeeded(aws, functionName, version);
  let tries = 0;
  return retry(
    aws.clock,
    BOUNDS,
    (error) => error instanceof Unsettled && ++tries < TRIES_OF_RENDER,
    async () => judge(await invoke(aws, functionName, version), version),
  ).catch((error: unknown) => {
    throw error instanceof Unsettled ? error.failure : error;
  });
}

/** A failure that may pass by itself. */
class Unsettled extends Error {
  readonly failure: DeployError;

  constructor(failure: DeployError) {
    super(failure.message);
    this.failure = failure;
  }
}

function invoke(aws: Aws, FunctionName: string, Qualifier: string): Promise<InvokeCommandOutput> {
  const request: RenderRequest = {
    site: { name: 'og-sync' },
    posts: [{ slug: 'og-sync-smoke-test', title: 'Released: this card proves it', key: KEY }],
  };
  return aws.invoker.send(
    new InvokeCommand({ FunctionName, Qualifier, LogType: 'Tail', Payload: JSON.stringify(request) }),
  );
}

function judge(output: InvokeCommandOutput, version: string): Proof {
  const log = output.LogResult ? Buffer.from(output.LogResult, 'base64').toString() : '';
  const text = output.Payload ? Buffer.from(output.Payload).toString() : '';
  if (output.FunctionError) throw failed(version, describeCrash(text, output.FunctionError), log);
  const answer = parse(text);
  const response = responseSchema.safeParse(answer);
  if (!response.success) {
    const refusal = failureSchema.safeParse(answer);
    throw failed(
      version,
      refusal.success
        ? `it answered ${refusal.data.error.code}: ${refusal.data.error.message}`
        : `its answer is none of og-sync's: ${clip(text)}`,
      log,
    );
  }
  const result = response.data.results[0];
  if (result === undefined) throw failed(version, 'it rendered nothing before its deadline', log);
  return proofOf(result, version, log);
}

function proofOf(result: Result, version: string, log: string): Proof {
  if (result.status === 'failed') {
    const { code, message } = result.error;
    const failure = failed(version, `${code}: ${message}`, log);
    throw isRetryable(code) || code === 'store_refused' ? new Unsettled(failure) : failure;
  }
  const { bytes, width, height, renderMs } = result;
  if (bytes < LEAST_BYTES) throw failed(version, `its card has ${bytes} bytes only: it must be blank`, log);
  return { version, bytes, width, height, renderMs };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function describeCrash(text: string, kind: string): string {
  const crash = parse(text);
  if (typeof crash !== 'object' || crash === null) return `it failed (${kind}): ${clip(text)}`;
  const given = Object.entries(crash).filter(
    ([name, value]) => name !== 'trace' && typeof value === 'string',
  );
  return `it failed (${kind}): ${clip(given.map(([, value]) => String(value)).join(': '))}`;
}

function clip(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function failed(version: string, reason: string, log: string): DeployError {
  const tail = log.trim() === '' ? '' : `\nThe end of its log:\n${log.trimEnd().replaceAll(/^/gm, '  | ')}`;
  return new DeployError(
    'smoke_failed',
    `Version ${version} did not pass its smoke test: ${reason}.${tail}`,
    'The version that was live still is. Correct the cause, then run the same command again.',
  );
}
