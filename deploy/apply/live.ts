/** Carries out the steps that put a version live. */
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists, isAbsent, unless } from '../aws/errors.ts';
import { settled, succeeded } from '../aws/wait.ts';
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { smokeTest } from './smoke.ts';
import type { Context, Executors } from './context.ts';

/** The version a step means: its own, or the one this run has published. */
function versionOf(context: Context, version: string | null): string {
  const meant = version ?? context.run.version;
  if (meant === null)
    throw new DeployError(
      'no_version',
      'No version was published by this run.',
      'Run the same command again.',
    );
  return meant;
}

export const versionExecutors: Executors<'version'> = {
  'version.publish': async (context) => {
    const { aws, wanted, run } = context;
    await settled(aws, wanted.functionName);
    const published = await aws.lambda.send(
      new PublishVersionCommand({
        FunctionName: wanted.functionName,
        Description: wanted.image.tag,
        // Refused when somebody else changed the code after this run did.
        ...(run.codeSha === null ? {} : { CodeSha256: run.codeSha }),
      }),
    );
    run.version = published.Version ?? null;
    await succeeded(aws, wanted.functionName, versionOf(context, null));
  },
  'version.smoke': async (context, operation) => {
    const { aws, wanted, run } = context;
    run.proof = await smokeTest(aws, wanted.functionName, versionOf(context, operation.version));
  },
  'version.delete': ({ aws, wanted }, { version }) =>
    aws.lambda
      .send(new DeleteFunctionCommand({ FunctionName: wanted.functionName, Qualifier: version }))
      .catch(unless(isAbsent)),
};

async function moveAlias({ aws, wanted, run }: Context, FunctionVersion: string): Promise<void> {
  await aws.lambda.send(
    new UpdateAliasCommand({
      FunctionName: wanted.functionName,
      Name: ALIAS,
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: {} },
    }),
  );
  run.version = FunctionVersion;
}

export const aliasExecutors: Executors<'alias'> = {
  'alias.create': async (context, { version }) => {
    const { aws, wanted, run } = context;
    const FunctionVersion = versionOf(context, version);
    const made = await aws.lambda
      .send(new CreateAliasCommand({ FunctionName: wanted.functionName, Name: ALIAS, FunctionVersion }))
      .catch(unless(alreadyExists));
    // Whoever made it meanwhile may have pointed it elsewhere.
    if (made === undefined) await moveAlias(context, FunctionVersion);
    run.version = FunctionVersion;
  },
  'alias.update': (context, { version }) => moveAlias(context, versionOf(context, version)),
};
