/** The function behind its URL: two calls, each answered with what it means. */
import { descriptionSchema, responseSchema } from '../../function/contract.ts';
import type { Description, RenderResponse } from '../../function/contract.ts';
import type { z } from 'zod';
import type { Agents } from '../../deploy/aws/http.ts';
import { CliError } from '../errors.ts';
import { waitMs } from './backoff.ts';
import { unreachable } from './next-sends.ts';
import { outcomeOf, outcomeOfError } from './outcome.ts';
import type { SendOutcome } from './outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { exchange } from './request.ts';
import type { Signer } from './signer.ts';

export interface ClientOptions extends Pick<
  RetryPolicy,
  'backoff' | 'timeoutMs' | 'describeTimeoutMs' | 'describeTries' | 'idleMs' | 'random'
> {
  url: URL;
  signer: Signer;
  agents?: Agents | undefined;
  userAgent: string;
  /** Resolves after so many ms; rejects when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
  clock(): number;
  /** Called before each wait for `GET /`. */
  onWait(reason: string, delayMs: number): void;
}

export interface Client {
  /** Throws `CliError` when nobody answers, or somebody else does; the signal's reason once it is aborted. */
  describe(signal?: AbortSignal): Promise<Description>;
  render(body: string): Promise<SendOutcome<RenderResponse>>;
}

export function createClient(options: ClientOptions): Client {
  const { url, signer, userAgent, agents } = options;
  const where = url.href;

  async function once<T>(
    method: 'GET' | 'POST',
    body: string,
    schema: z.ZodType<T>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<SendOutcome<T>> {
    try {
      const reply = await exchange({ url, method, body, signer, userAgent, timeoutMs, agents, signal });
      return outcomeOf(where, reply, schema, options.clock());
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /** Credentials that grew old on the way are renewed once; a second refusal is final. */
  async function call<T>(
    method: 'GET' | 'POST',
    body: string,
    schema: z.ZodType<T>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<SendOutcome<T>> {
    const outcome = await once(method, body, schema, timeoutMs, signal);
    if (outcome.kind !== 'expired' || !signer.renew()) return outcome;
    return once(method, body, schema, timeoutMs, signal);
  }

  return {
    render: (body) => call('POST', body, responseSchema, options.timeoutMs),
    async describe(signal) {
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await call('GET', '', descriptionSchema, options.describeTimeoutMs, signal);
        if (outcome.kind === 'answered') return outcome.value;
        if (outcome.kind === 'refused' || outcome.kind === 'expired') throw outcome.error;
        if (attempt + 1 >= options.describeTries) throw gaveUp(where, outcome);
        const askedMs = 'askedMs' in outcome ? outcome.askedMs : null;
        const delayMs = waitMs(attempt, askedMs, options.backoff, options.random);
        if (delayMs > options.idleMs) throw tooLong(where, outcome.reason, delayMs);
        options.onWait(outcome.reason, delayMs);
        await options.sleep(delayMs, signal);
      }
    },
  };
}

/** What is asked for is more than anybody would sit through. */
function tooLong(where: string, reason: string, delayMs: number): CliError {
  return unreachable(where, `${reason}, and it asks to be left alone for ${Math.round(delayMs / 1000)} s`);
}

function gaveUp(
  where: string,
  outcome: Exclude<SendOutcome<never>, { kind: 'answered' | 'refused' | 'expired' }>,
): CliError {
  if (outcome.kind === 'unknown' && !outcome.ours)
    return new CliError(
      'not_a_function',
      `${where} gave ${outcome.reason}, so it is not og-sync's function.`,
      'Check the Function URL (--function, OG_FUNCTION_URL, "function" in the config); "og-deploy status" prints the right one.',
    );
  return unreachable(where, outcome.reason, 'cause' in outcome ? outcome.cause : undefined);
}
