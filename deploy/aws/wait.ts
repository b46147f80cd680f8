/**
 * Waiting for a function or a version to come to rest, with a bound. The SDK's own waiters take every exception for
 * "not yet" (a 403 becomes a time-out), wait by the wall clock and know no state beside the one that is wanted.
 */
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { DeployError } from '../error.ts';
import { pause } from './retry.ts';
import type { Aws } from './client.ts';
import type { RetryBounds } from './retry.ts';

/** Lambda takes a minute or two to prepare a large image for the first time. */
const BOUNDS: RetryBounds = { base: 500, cap: 4000, total: 5 * 60_000 };

/**
 * Polls until no change is under way; Active, Inactive and Failed are all rest. Without a version it is $LATEST.
 * @throws DeployError `timeout` after five minutes.
 */
export async function settled(aws: Aws, name: string, version?: string): Promise<FunctionConfiguration> {
  const end = aws.clock.now() + BOUNDS.total;
  const input = { FunctionName: name, ...(version === undefined ? {} : { Qualifier: version }) };
  for (let number = 0; ; number += 1) {
    const found = await aws.lambda.send(new GetFunctionConfigurationCommand(input));
    if (found.State !== 'Pending' && found.LastUpdateStatus !== 'InProgress') return found;
    if (aws.clock.now() >= end)
      throw new DeployError(
        'timeout',
        `${subject(name, version)} did not come to rest within ${BOUNDS.total / 60_000} minutes: ${stateOf(found)}.`,
        'Look at the function in the console; then run the same command again: it continues where this run stopped.',
      );
    await aws.clock.sleep(pause(aws.clock, BOUNDS, number));
  }
}

/**
 * The same, and the function must be usable.
 * @throws DeployError `update_failed` with Lambda's own reason.
 */
export async function succeeded(aws: Aws, name: string, version?: string): Promise<FunctionConfiguration> {
  const found = await settled(aws, name, version);
  if (found.State === 'Failed' || found.LastUpdateStatus === 'Failed')
    throw new DeployError(
      'update_failed',
      `${subject(name, version)} failed: ${stateOf(found)}.`,
      'Correct what the reason names, then run the same command again: it sets code and configuration anew.',
    );
  return found;
}

function subject(name: string, version: string | undefined): string {
  return version === undefined ? `Function ${name}` : `Version ${version} of function ${name}`;
}

function stateOf(found: FunctionConfiguration): string {
  const given = [
    found.StateReasonCode,
    found.StateReason,
    found.LastUpdateStatusReasonCode,
    found.LastUpdateStatusReason,
  ].filter((reason) => reason && reason !== 'Idle');
  const reasons = given.length === 0 ? '' : ` (${given.join(': ')})`;
  return `State ${found.State}, LastUpdateStatus ${found.LastUpdateStatus}${reasons}`;
}
