/** Carries out the steps of the image repository. */
import {
  CreateRepositoryCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { alreadyExists } from '../aws/errors.ts';
import type { AwsContext, Executors } from './context.ts';

export const repositoryExecutors: Executors<'repository', AwsContext> = {
  'repository.create': ({ aws }, { repository }) =>
    aws.call(
      'ecr:CreateRepository',
      repository.arn,
      (sending) =>
        aws.ecr.send(
          new CreateRepositoryCommand({
            repositoryName: repository.name,
            imageTagMutability: repository.immutable ? 'IMMUTABLE' : 'MUTABLE',
            imageScanningConfiguration: { scanOnPush: true },
          }),
          sending,
        ),
      { done: alreadyExists },
    ),
  'repository.scan': ({ aws }, { repository }) =>
    aws.call('ecr:PutImageScanningConfiguration', repository.arn, (sending) =>
      aws.ecr.send(
        new PutImageScanningConfigurationCommand({
          repositoryName: repository.name,
          imageScanningConfiguration: { scanOnPush: true },
        }),
        sending,
      ),
    ),
  'repository.tags': ({ aws }, { repository }) =>
    aws.call('ecr:PutImageTagMutability', repository.arn, (sending) =>
      aws.ecr.send(
        new PutImageTagMutabilityCommand({
          repositoryName: repository.name,
          imageTagMutability: 'IMMUTABLE',
        }),
        sending,
      ),
    ),
  'repository.policy': ({ aws }, { repository, document }) =>
    aws.call('ecr:SetRepositoryPolicy', repository.arn, (sending) =>
      aws.ecr.send(
        new SetRepositoryPolicyCommand({ repositoryName: repository.name, policyText: document }),
        sending,
      ),
    ),
  'repository.lifecycle': ({ aws }, { repository }) =>
    aws.call('ecr:PutLifecyclePolicy', repository.arn, (sending) =>
      aws.ecr.send(
        new PutLifecyclePolicyCommand({
          repositoryName: repository.name,
          lifecyclePolicyText: JSON.stringify(repository.lifecycle),
        }),
        sending,
      ),
    ),
};
