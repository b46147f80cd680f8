/** Carries out the steps that put a version live. */
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists } from '../aws/errors.ts';
import { kindOf } from '../aws/error-kinds.ts';
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { smokeTest } from './smoke.ts';
import { settled, succeeded } from '../aws/wait.ts';
import { waitingOf } from './function.ts';
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
    const { aws, wanted } = context;
    await settled(aws, waitingOf(context));
    const { codeSha } = context.run;
    const published = await aws.call('lambda:PublishVersion', wanted.names.functionArn, (sending) =>
      aws.lambda.send(
        new PublishVersionCommand({
          FunctionName: wanted.functionName,
          Description: wanted.image.tag,
          // Refused when somebody else changed the code after this run did.
          ...(codeSha === null ? {} : { CodeSha256: codeSha }),
        }),
        sending,
      ),
    );
    context.run.version = published.Version ?? null;
    const version = versionOf(context, null);
    await succeeded(aws, { ...waitingOf(context), arn: `${wanted.names.functionArn}:${version}`, version });
  },
  'version.smoke': async (context, operation) => {
    const version = versionOf(context, operation.version);
    const { functionName, arn } = waitingOf(context);
    context.run.proof = await smokeTest(context.aws, { functionName, arn, version });
  },
  'version.delete': ({ aws, wanted }, { version }) =>
    aws.call(
      'lambda:DeleteFunction',
      `${wanted.names.functionArn}:${version}`,
      (sending) =>
        aws.lambda.send(
          new DeleteFunctionCommand({ FunctionName: wanted.functionName, Qualifier: version }),
          sending,
        ),
      { done: (error) => kindOf(error) === 'absent' },
    ),
};

async function moveAlias(context: Context, version: string | null): Promise<void> {
  const { aws, wanted } = context;
  const FunctionVersion = versionOf(context, version);
  await aws.call('lambda:UpdateAlias', `${wanted.names.functionArn}:${ALIAS}`, (sending) =>
    aws.lambda.send(
      new UpdateAliasCommand({
        FunctionName: wanted.functionName,
        Name: ALIAS,
        FunctionVersion,
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
      sending,
    ),
  );
  context.run.version = FunctionVersion;
}

export const aliasExecutors: Executors<'alias'> = {
  'alias.create': async (context, { version }) => {
    const { aws, wanted } = context;
    const FunctionVersion = versionOf(context, version);
    let existed = false;
    await aws.call(
      'lambda:CreateAlias',
      `${wanted.names.functionArn}:${ALIAS}`,
      (sending) =>
        aws.lambda.send(
          new CreateAliasCommand({ FunctionName: wanted.functionName, Name: ALIAS, FunctionVersion }),
          sending,
        ),
      { done: (error) => (existed = alreadyExists(error)) },
    );
    // Whoever made it meanwhile may have pointed it elsewhere.
    if (existed) await moveAlias(context, FunctionVersion);
    context.run.version = FunctionVersion;
  },
  'alias.update': (context, { version }) => moveAlias(context, version),
};
