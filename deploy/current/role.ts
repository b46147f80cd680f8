/** Reads the execution role with everything that gives it a right, and its log group. */
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Aws } from '../aws/client.ts';
import type { CurrentRole } from './current.ts';
import type { Names } from '../wanted/names.ts';

/** Any role, by name; the ARN is for messages. */
export async function readRole(aws: Aws, name: string, arn: string): Promise<CurrentRole | null> {
  const found = await aws.find('iam:GetRole', arn, (sending) =>
    aws.iam.send(new GetRoleCommand({ RoleName: name }), sending),
  );
  if (found?.Role === undefined) return null;
  const [inline, attached] = await Promise.all([
    aws.find('iam:ListRolePolicies', arn, (sending) =>
      aws.iam.send(new ListRolePoliciesCommand({ RoleName: name }), sending),
    ),
    aws.find('iam:ListAttachedRolePolicies', arn, (sending) =>
      aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }), sending),
    ),
  ]);
  const policies = await Promise.all(
    (inline?.PolicyNames ?? []).map(async (policy): Promise<[string, string]> => {
      const document = await aws.find('iam:GetRolePolicy', arn, (sending) =>
        aws.iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }), sending),
      );
      return [policy, document?.PolicyDocument ?? ''];
    }),
  );
  return {
    trust: found.Role.AssumeRolePolicyDocument,
    boundaryArn: found.Role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    policies: Object.fromEntries(policies),
    attached: (attached?.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
  };
}

export async function hasBoundary(aws: Aws, names: Names): Promise<boolean> {
  const found = await aws.find('iam:GetPolicy', names.boundaryArn, (sending) =>
    aws.iam.send(new GetPolicyCommand({ PolicyArn: names.boundaryArn }), sending),
  );
  return found !== undefined;
}

export async function readLogGroup(aws: Aws, names: Names): Promise<{ retention: number | null } | null> {
  const found = await aws.find('logs:DescribeLogGroups', names.logGroupArn, (sending) =>
    aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: names.logGroup }), sending),
  );
  const group = found?.logGroups?.find(({ logGroupName }) => logGroupName === names.logGroup);
  return group === undefined ? null : { retention: group.retentionInDays ?? null };
}
