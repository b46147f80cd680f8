/** What IAM itself says of the execution role's rights: its policy, its boundary and the organisation's rules together. */
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { parsePolicy } from '../wanted/policies.ts';
import type { Aws } from '../aws/client.ts';
import type { Statement } from '../wanted/policies.ts';
import type { Wanted } from '../wanted/wanted.ts';

export interface Right {
  action: string;
  resource: string;
  /** Whether the function needs it; else it should not have it. */
  needed: boolean;
  /** allowed, implicitDeny or explicitDeny, as IAM words it. */
  decision: string;
}

/** What the role could do with too much: asked for so that a right too many is seen as well as one too few. */
const SURPLUS = [
  's3:GetObject',
  's3:DeleteObject',
  's3:PutBucketPolicy',
  'iam:PassRole',
  'lambda:UpdateFunctionCode',
];

/** Asks for each right of the wanted policy, and for some that the function must not have. */
export async function simulateRole(aws: Aws, wanted: Wanted): Promise<Right[]> {
  const statements = parsePolicy(JSON.stringify(wanted.role.policy)) ?? [];
  const needed = await Promise.all(statements.map((statement) => simulate(aws, wanted, statement, true)));
  const surplus: Statement = {
    Effect: 'Allow',
    Action: SURPLUS,
    Resource: [`${wanted.names.bucketArn}/${wanted.prefix}example`],
    Condition: { StringEquals: { 'aws:ResourceAccount': [wanted.account.id] } },
  };
  return [...needed.flat(), ...(await simulate(aws, wanted, surplus, false))];
}

export function isAsWanted({ needed, decision }: Right): boolean {
  return needed === (decision === 'allowed');
}

async function simulate(aws: Aws, wanted: Wanted, statement: Statement, needed: boolean): Promise<Right[]> {
  const { EvaluationResults = [] } = await aws.iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: wanted.role.arn,
      ActionNames: statement.Action ?? [],
      // An example of what the pattern covers: IAM simulates single resources.
      ResourceArns: (statement.Resource ?? []).map((resource) => resource.replaceAll('*', 'example')),
      ContextEntries: Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([ContextKeyName, values]) => ({
          ContextKeyName,
          ContextKeyType: operator.startsWith('ForAnyValue:') ? ('stringList' as const) : ('string' as const),
          ContextKeyValues: values.slice(0, 1),
        })),
      ),
    }),
  );
  return EvaluationResults.map(({ EvalActionName, EvalResourceName, EvalDecision }) => ({
    action: EvalActionName ?? '',
    resource: EvalResourceName ?? '',
    needed,
    decision: EvalDecision ?? 'unknown',
  }));
}
