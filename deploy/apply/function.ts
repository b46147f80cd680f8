/** Carries out the steps of the function: code, then configuration, each between two waits. */
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists, isAbsent, unless } from '../aws/errors.ts';
import { succeeded, settled } from '../aws/wait.ts';
import { LATEST } from '../wanted/names.ts';
import { smokeTest } from './smoke.ts';
import type { Wanted } from '../wanted/wanted.ts';
import type { Context, Executors } from './context.ts';

function codeOf({ names, image, architecture }: Wanted) {
  return { ImageUri: `${names.repositoryUri}@${image.digest}`, Architectures: [architecture] };
}

function settingsOf({ settings }: Wanted) {
  return {
    Role: settings.role,
    MemorySize: settings.memory,
    Timeout: settings.timeout,
    EphemeralStorage: { Size: settings.storage },
    // Never empty: an empty one would keep the old values.
    Environment: { Variables: settings.environment },
  };
}

/** Makes a function from the image and waits until it can be called. */
async function create({ aws, wanted }: Context, name: string): Promise<string | null> {
  const { ImageUri, Architectures } = codeOf(wanted);
  await aws.lambda
    .send(
      new CreateFunctionCommand({
        FunctionName: name,
        Description: 'og-sync: renders Open Graph images of posts into a bucket.',
        PackageType: 'Image',
        Code: { ImageUri },
        Architectures,
        // A trial writes its log there too: it may write no other.
        LoggingConfig: { LogGroup: wanted.names.logGroup },
        ...settingsOf(wanted),
      }),
    )
    .catch(unless(alreadyExists));
  return (await succeeded(aws, name)).CodeSha256 ?? null;
}

const remove = ({ aws }: Context, name: string): Promise<unknown> =>
  aws.lambda.send(new DeleteFunctionCommand({ FunctionName: name })).catch(unless(isAbsent));

export const functionExecutors: Executors<'function'> = {
  'function.trial': async (context) => {
    const { trialName } = context.wanted.names;
    // One that an interrupted run left has an old image.
    await remove(context, trialName);
    try {
      await create(context, trialName);
      await smokeTest(context.aws, trialName, LATEST);
    } finally {
      await remove(context, trialName);
    }
  },
  'function.delete': (context) => remove(context, context.wanted.functionName),
  'function.create': async (context) => {
    context.run.codeSha = await create(context, context.wanted.functionName);
  },
  'function.code': async ({ aws, wanted, run }) => {
    await settled(aws, wanted.functionName);
    await aws.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: wanted.functionName, ...codeOf(wanted) }),
    );
    run.codeSha = (await succeeded(aws, wanted.functionName)).CodeSha256 ?? null;
  },
  'function.configuration': async ({ aws, wanted }) => {
    await settled(aws, wanted.functionName);
    await aws.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: wanted.functionName,
        ImageConfig: {},
        ...settingsOf(wanted),
      }),
    );
    await succeeded(aws, wanted.functionName);
  },
  'function.concurrency': ({ aws, wanted }, { value }) =>
    value === 'none'
      ? aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: wanted.functionName }))
      : aws.lambda.send(
          new PutFunctionConcurrencyCommand({
            FunctionName: wanted.functionName,
            ReservedConcurrentExecutions: value,
          }),
        ),
};
