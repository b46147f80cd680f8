/** Carries out the steps of the roles and the log group. */
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { alreadyExists, isAbsent, unless } from '../aws/errors.ts';
import type { Context, Executors } from './context.ts';

const setRetention = ({ aws, wanted }: Context): Promise<unknown> =>
  aws.logs.send(
    new PutRetentionPolicyCommand({
      logGroupName: wanted.names.logGroup,
      retentionInDays: wanted.retention,
    }),
  );

export const logsExecutors: Executors<'logs'> = {
  'logs.create': async (context) => {
    const logGroupName = context.wanted.names.logGroup;
    await context.aws.logs.send(new CreateLogGroupCommand({ logGroupName })).catch(unless(alreadyExists));
    await setRetention(context);
  },
  'logs.retention': setRetention,
};

export const roleExecutors: Executors<'role'> = {
  'role.create': ({ aws }, { role }) =>
    aws.iam
      .send(
        new CreateRoleCommand({
          RoleName: role.name,
          AssumeRolePolicyDocument: JSON.stringify(role.trust),
          Description: role.description,
          ...(role.boundaryArn === null ? {} : { PermissionsBoundary: role.boundaryArn }),
        }),
      )
      .catch(unless(alreadyExists)),
  'role.trust': ({ aws }, { role }) =>
    aws.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: role.name,
        PolicyDocument: JSON.stringify(role.trust),
      }),
    ),
  'role.boundary': ({ aws }, { role, boundaryArn }) =>
    aws.iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: role.name, PermissionsBoundary: boundaryArn }),
    ),
  'role.policy': ({ aws }, { role }) =>
    aws.iam.send(
      new PutRolePolicyCommand({
        RoleName: role.name,
        PolicyName: role.policyName,
        PolicyDocument: JSON.stringify(role.policy),
      }),
    ),
  'role.policy.delete': ({ aws }, { role, name }) =>
    aws.iam
      .send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: name }))
      .catch(unless(isAbsent)),
  'role.detach': ({ aws }, { role, arn }) =>
    aws.iam
      .send(new DetachRolePolicyCommand({ RoleName: role.name, PolicyArn: arn }))
      .catch(unless(isAbsent)),
};
