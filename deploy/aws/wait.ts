/** Waiting for a function or a version to come to rest, with a bound. */
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { DeployError } from '../error.ts';
import { pause } from './retry.ts';
import type { Aws } from './client.ts';
import type { Bounds } from './retry.ts';

/** Lambda takes a minute or two to prepare a large image for the first time. */
const BOUNDS: Bounds = { base: 500, cap: 4000, total: 5 * 60_000 };

export interface Waiting {
  functionName: string;
  arn: string;
  /** A version; without it $LATEST. */
  version?: string;
}

/**
 * Polls until no change is under way; Active, Inactive and Failed are all rest.
 * @throws DeployError `timeout` after five minutes.
 */
export async function settled(aws: Aws, waiting: Waiting): Promise<FunctionConfiguration> {
  const end = aws.clock.now() + BOUNDS.total;
  const { functionName, arn, version } = waiting;
  for (let number = 0; ; number += 1) {
    const found = await aws.call('lambda:GetFunctionConfiguration', arn, (sending) =>
      aws.lambda.send(
        new GetFunctionConfigurationCommand({
          FunctionName: functionName,
          ...(version === undefined ? {} : { Qualifier: version }),
        }),
        sending,
      ),
    );
    if (found.State !== 'Pending' && found.LastUpdateStatus !== 'InProgress') return found;
    if (aws.clock.now() >= end)
      throw new DeployError(
        'timeout',
        `${arn} did not come to rest within ${BOUNDS.total / 60_000} minutes: State ${found.State}, LastUpdateStatus ${found.LastUpdateStatus}${reasonOf(found)}.`,
        'Look at the function in the console; then run the same command again: it goes on where this run stopped.',
      );
    await aws.clock.sleep(pause(aws.clock, BOUNDS, number));
  }
}

/**
 * The same, and what came out of it must be usable.
 * @throws DeployError `update_failed` with Lambda's own reason.
 */
export async function succeeded(aws: Aws, waiting: Waiting): Promise<FunctionConfiguration> {
  const found = await settled(aws, waiting);
  if (found.State === 'Failed' || found.LastUpdateStatus === 'Failed')
    throw new DeployError(
      'update_failed',
      `${waiting.arn} failed: State ${found.State}, LastUpdateStatus ${found.LastUpdateStatus}${reasonOf(found)}.`,
      'Mend what the reason names, then run the same command again: it sets code and configuration anew.',
    );
  return found;
}

function reasonOf(found: FunctionConfiguration): string {
  const reasons = [
    found.StateReasonCode,
    found.StateReason,
    found.LastUpdateStatusReasonCode,
    found.LastUpdateStatusReason,
  ];
  const told = reasons.filter((reason) => reason && reason !== 'Idle');
  return told.length === 0 ? '' : ` (${told.join(': ')})`;
}
