/** Reads a role with everything that gives it a right, and the log group. */
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { isAbsent, unless } from '../aws/errors.ts';
import type { Aws } from '../aws/client.ts';
import type { Names } from '../wanted/names.ts';
import type { CurrentRole } from './current.ts';

export async function readRole(aws: Aws, name: string): Promise<CurrentRole | null> {
  const found = await aws.iam.send(new GetRoleCommand({ RoleName: name })).catch(unless(isAbsent));
  if (found?.Role === undefined) return null;
  const [names, attached] = await Promise.all([readInlineNames(aws, name), readAttached(aws, name)]);
  const policies = await Promise.all(
    names.map(async (policy): Promise<[string, string]> => {
      const document = await aws.iam
        .send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }))
        .catch(unless(isAbsent));
      return [policy, document?.PolicyDocument ?? ''];
    }),
  );
  return {
    trust: found.Role.AssumeRolePolicyDocument,
    boundaryArn: found.Role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    policies: Object.fromEntries(policies),
    attached,
  };
}

async function readInlineNames(aws: Aws, name: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListRolePolicies(
    { client: aws.iam, stopOnSameToken: true },
    { RoleName: name },
  ))
    names.push(...(page.PolicyNames ?? []));
  return names;
}

async function readAttached(aws: Aws, name: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies(
    { client: aws.iam, stopOnSameToken: true },
    { RoleName: name },
  ))
    arns.push(...(page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []));
  return arns;
}

export async function hasBoundary(aws: Aws, names: Names): Promise<boolean> {
  const found = await aws.iam
    .send(new GetPolicyCommand({ PolicyArn: names.boundaryArn }))
    .catch(unless(isAbsent));
  return found !== undefined;
}

export async function readLogGroup(aws: Aws, names: Names): Promise<{ retention: number | null } | null> {
  const pages = paginateDescribeLogGroups(
    { client: aws.logs, stopOnSameToken: true },
    { logGroupNamePrefix: names.logGroup },
  );
  for await (const page of pages) {
    const group = page.logGroups?.find(({ logGroupName }) => logGroupName === names.logGroup);
    if (group !== undefined) return { retention: group.retentionInDays ?? null };
  }
  return null;
}
