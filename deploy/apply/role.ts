/** Carries out the steps of the execution role and the log group. */
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { alreadyExists } from '../aws/errors.ts';
import { kindOf } from '../aws/error-kinds.ts';
import type { AwsContext, Context, Executors } from './context.ts';

const gone = (error: unknown): boolean => kindOf(error) === 'absent';

const setRetention = ({ aws, wanted }: Context): Promise<unknown> =>
  aws.call('logs:PutRetentionPolicy', wanted.names.logGroupArn, (sending) =>
    aws.logs.send(
      new PutRetentionPolicyCommand({
        logGroupName: wanted.names.logGroup,
        retentionInDays: wanted.retention,
      }),
      sending,
    ),
  );

export const logsExecutors: Executors<'logs'> = {
  'logs.create': async (context) => {
    const { aws, wanted } = context;
    await aws.call(
      'logs:CreateLogGroup',
      wanted.names.logGroupArn,
      (sending) => aws.logs.send(new CreateLogGroupCommand({ logGroupName: wanted.names.logGroup }), sending),
      { done: alreadyExists },
    );
    await setRetention(context);
  },
  'logs.retention': setRetention,
};

export const roleExecutors: Executors<'role', AwsContext> = {
  'role.create': ({ aws }, { role }) =>
    aws.call(
      'iam:CreateRole',
      role.arn,
      (sending) =>
        aws.iam.send(
          new CreateRoleCommand({
            RoleName: role.name,
            AssumeRolePolicyDocument: JSON.stringify(role.trust),
            Description: role.description,
            ...(role.boundaryArn === null ? {} : { PermissionsBoundary: role.boundaryArn }),
          }),
          sending,
        ),
      { done: alreadyExists },
    ),
  'role.trust': ({ aws }, { role }) =>
    aws.call('iam:UpdateAssumeRolePolicy', role.arn, (sending) =>
      aws.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: role.name,
          PolicyDocument: JSON.stringify(role.trust),
        }),
        sending,
      ),
    ),
  'role.boundary': ({ aws }, { role, boundaryArn }) =>
    aws.call('iam:PutRolePermissionsBoundary', role.arn, (sending) =>
      aws.iam.send(
        new PutRolePermissionsBoundaryCommand({
          RoleName: role.name,
          PermissionsBoundary: boundaryArn,
        }),
        sending,
      ),
    ),
  'role.policy': ({ aws }, { role }) =>
    aws.call('iam:PutRolePolicy', role.arn, (sending) =>
      aws.iam.send(
        new PutRolePolicyCommand({
          RoleName: role.name,
          PolicyName: role.policyName,
          PolicyDocument: JSON.stringify(role.policy),
        }),
        sending,
      ),
    ),
  'role.policy.delete': ({ aws }, { role, name }) =>
    aws.call(
      'iam:DeleteRolePolicy',
      role.arn,
      (sending) =>
        aws.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: name }), sending),
      { done: gone },
    ),
  'role.detach': ({ aws }, { role, arn }) =>
    aws.call(
      'iam:DetachRolePolicy',
      role.arn,
      (sending) =>
        aws.iam.send(new DetachRolePolicyCommand({ RoleName: role.name, PolicyArn: arn }), sending),
      { done: gone },
    ),
};
