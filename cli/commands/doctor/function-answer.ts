/** One question to the function: what it answers, and what its clock shows. */
import { descriptionSchema } from '../../../function/contract.ts';
import type { Description } from '../../../function/contract.ts';
import { VERSION } from '../../../function/package.ts';
import { proxyAgents } from '../../../deploy/aws/http.ts';
import type { Config } from '../../config/config.ts';
import type { Settings } from '../../config/settings.ts';
import { outcomeOf, outcomeOfError } from '../../dispatch/outcome.ts';
import type { SendOutcome } from '../../dispatch/outcome.ts';
import { exchange } from '../../dispatch/request.ts';
import { RETRY_POLICY } from '../../dispatch/retry-policy.ts';
import { signerFor } from '../../wiring.ts';

export interface FunctionAnswer {
  outcome: SendOutcome<Description>;
  /** How far this machine's clock is ahead of the server's, in ms; null where no clock was seen. */
  aheadMs: number | null;
  /** From the question to the answer, ms. */
  tookMs: number;
}

/** Asks once, with the time that a cold start takes. Rejects with a `CliError` where the question cannot be signed. */
export async function askFunction(
  config: Config & { function: string },
  settings: Settings,
  signal: AbortSignal,
): Promise<FunctionAnswer> {
  const url = new URL(config.function);
  const signer = await signerFor(config, url, settings);
  const startedAt = Date.now();
  try {
    const reply = await exchange({
      url,
      method: 'GET',
      body: '',
      signer,
      userAgent: `og-sync/${VERSION}`,
      timeoutMs: RETRY_POLICY.describeTimeoutMs,
      agents: proxyAgents(settings.environment),
      signal,
    });
    const endedAt = Date.now();
    const outcome = outcomeOf(url.href, reply, descriptionSchema, endedAt);
    return { outcome, aheadMs: aheadOf(reply.date, startedAt, endedAt), tookMs: endedAt - startedAt };
  } catch (error) {
    return { outcome: outcomeOfError(error), aheadMs: null, tookMs: Date.now() - startedAt };
  }
}

/** A Date header counts whole seconds, and was written at some moment between question and answer. */
function aheadOf(date: string | null, startedAt: number, endedAt: number): number | null {
  const theirs = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  if (startedAt > theirs + 1000) return startedAt - (theirs + 1000);
  return endedAt < theirs ? endedAt - theirs : 0;
}
