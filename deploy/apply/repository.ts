/** Carries out the steps of the image repository. */
import {
  CreateRepositoryCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { alreadyExists, unless } from '../aws/errors.ts';
import type { Executors } from './context.ts';

const SCANNED = { imageScanningConfiguration: { scanOnPush: true } };

export const repositoryExecutors: Executors<'repository'> = {
  'repository.create': ({ aws }, { repository: { name, immutable } }) =>
    aws.ecr
      .send(
        new CreateRepositoryCommand({
          repositoryName: name,
          imageTagMutability: immutable ? 'IMMUTABLE' : 'MUTABLE',
          ...SCANNED,
        }),
      )
      .catch(unless(alreadyExists)),
  'repository.scan': ({ aws }, { repository: { name } }) =>
    aws.ecr.send(new PutImageScanningConfigurationCommand({ repositoryName: name, ...SCANNED })),
  'repository.tags': ({ aws }, { repository: { name } }) =>
    aws.ecr.send(new PutImageTagMutabilityCommand({ repositoryName: name, imageTagMutability: 'IMMUTABLE' })),
  'repository.policy': ({ aws }, { repository: { name }, document }) =>
    aws.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: name, policyText: document })),
  'repository.lifecycle': ({ aws }, { repository: { name, lifecycle } }) =>
    aws.ecr.send(
      new PutLifecyclePolicyCommand({
        repositoryName: name,
        lifecyclePolicyText: JSON.stringify(lifecycle),
      }),
    ),
};
