/** Carries out the steps of the function: code, then configuration, each between two waits. */
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists, imageNotReadable, roleNotReady } from '../aws/errors.ts';
import { kindOf } from '../aws/error-kinds.ts';
import { succeeded, settled } from '../aws/wait.ts';
import type { Bounds } from '../aws/retry.ts';
import type { Waiting } from '../aws/wait.ts';
import type { FunctionSettings, Wanted } from '../wanted/wanted.ts';
import type { Context, Executors } from './context.ts';

/** A new role or repository policy is known everywhere within a minute; twice that is the bound. */
const SPREADING: Bounds = { base: 1000, cap: 5000, total: 2 * 60_000 };
/** An update that another one holds up. */
const BUSY: Bounds = { base: 500, cap: 5000, total: 2 * 60_000 };

const notSpread = (error: unknown): boolean => roleNotReady(error) || imageNotReadable(error);

export function waitingOf({ wanted }: Context): Waiting {
  return { functionName: wanted.functionName, arn: wanted.names.functionArn };
}

function imageUri({ names, image }: Wanted): string {
  return `${names.repositoryUri}@${image.digest}`;
}

function settingsInput(settings: FunctionSettings) {
  return {
    Role: settings.role,
    MemorySize: settings.memory,
    Timeout: settings.timeout,
    EphemeralStorage: { Size: settings.storage },
    // Never empty: an empty one would keep the old values.
    Environment: { Variables: settings.environment },
  };
}

export const functionExecutors: Executors<'function'> = {
  'function.delete': ({ aws, wanted }) =>
    aws.call(
      'lambda:DeleteFunction',
      wanted.names.functionArn,
      (sending) => aws.lambda.send(new DeleteFunctionCommand({ FunctionName: wanted.functionName }), sending),
      { done: (error) => kindOf(error) === 'absent' },
    ),

  'function.create': async (context) => {
    const { aws, wanted } = context;
    await aws.call(
      'lambda:CreateFunction',
      wanted.names.functionArn,
      (sending) =>
        aws.lambda.send(
          new CreateFunctionCommand({
            FunctionName: wanted.functionName,
            Description: 'og-sync: renders Open Graph images of posts into a bucket.',
            PackageType: 'Image',
            Code: { ImageUri: imageUri(wanted) },
            Architectures: [wanted.architecture],
            ...settingsInput(wanted.settings),
          }),
          sending,
        ),
      { done: alreadyExists, again: notSpread, bounds: SPREADING },
    );
    const made = await succeeded(aws, waitingOf(context));
    context.run.codeSha = made.CodeSha256 ?? null;
  },

  'function.code': async (context) => {
    const { aws, wanted } = context;
    await aws.call(
      'lambda:UpdateFunctionCode',
      wanted.names.functionArn,
      async (sending) => {
        await settled(aws, waitingOf(context));
        return aws.lambda.send(
          new UpdateFunctionCodeCommand({
            FunctionName: wanted.functionName,
            ImageUri: imageUri(wanted),
            Architectures: [wanted.architecture],
          }),
          sending,
        );
      },
      { again: imageNotReadable, bounds: BUSY },
    );
    const updated = await succeeded(aws, waitingOf(context));
    context.run.codeSha = updated.CodeSha256 ?? null;
  },

  'function.configuration': async (context) => {
    const { aws, wanted } = context;
    await aws.call(
      'lambda:UpdateFunctionConfiguration',
      wanted.names.functionArn,
      async (sending) => {
        await settled(aws, waitingOf(context));
        return aws.lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: wanted.functionName,
            ImageConfig: {},
            ...settingsInput(wanted.settings),
          }),
          sending,
        );
      },
      { again: notSpread, bounds: BUSY },
    );
    await succeeded(aws, waitingOf(context));
  },

  'function.concurrency': ({ aws, wanted }, { value }) =>
    aws.call('lambda:PutFunctionConcurrency', wanted.names.functionArn, (sending) =>
      aws.lambda.send(
        new PutFunctionConcurrencyCommand({
          FunctionName: wanted.functionName,
          ReservedConcurrentExecutions: value,
        }),
        sending,
      ),
    ),
};
