import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pythonWithMoto } from '../../function/testing/python.ts';
import { healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { BITBUCKET, deploy, planned, pushTestImage } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';

const ACCOUNT = '123456789012';
const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:og`;

/** Reads the account back through AWS's own SDK for Python: nothing of ours has a part in it. */
const READ_BACK = `
import boto3, json, os
c = lambda name: boto3.client(name, region_name='eu-central-1', endpoint_url=os.environ['URL'])
iam, lam, ecr, logs = c('iam'), c('lambda'), c('ecr'), c('logs')
def role(name):
    r = iam.get_role(RoleName=name)['Role']
    return {'trust': r['AssumeRolePolicyDocument'], 'boundary': r.get('PermissionsBoundary', {}).get('PermissionsBoundaryArn'),
            'policies': {p: iam.get_role_policy(RoleName=name, PolicyName=p)['PolicyDocument'] for p in iam.list_role_policies(RoleName=name)['PolicyNames']},
            'attached': iam.list_attached_role_policies(RoleName=name)['AttachedPolicies']}
def permissions():
    try: return json.loads(lam.get_policy(FunctionName='og', Qualifier='live')['Policy'])['Statement']
    except lam.exceptions.ResourceNotFoundException: return []
f = lam.get_function(FunctionName='og')
print(json.dumps({
  'roles': {r['RoleName']: role(r['RoleName']) for r in iam.list_roles()['Roles']},
  'providers': [iam.get_open_id_connect_provider(OpenIDConnectProviderArn=p['Arn'])['ClientIDList'] for p in iam.list_open_id_connect_providers()['OpenIDConnectProviderList']],
  'providerArns': [p['Arn'] for p in iam.list_open_id_connect_providers()['OpenIDConnectProviderList']],
  'managed': [p['PolicyName'] for p in iam.list_policies(Scope='Local')['Policies']],
  'repositories': {r['repositoryName']: [r['imageTagMutability'], r['imageScanningConfiguration']['scanOnPush']] for r in ecr.describe_repositories()['repositories']},
  'repositoryPolicy': json.loads(ecr.get_repository_policy(repositoryName='og-sync')['policyText']),
  'image': f['Code']['ImageUri'], 'configuration': f['Configuration'], 'concurrency': f.get('Concurrency'),
  'versions': [v['Version'] for v in lam.list_versions_by_function(FunctionName='og')['Versions']],
  'alias': lam.get_alias(FunctionName='og', Name='live')['FunctionVersion'],
  'url': lam.get_function_url_config(FunctionName='og', Qualifier='live')['AuthType'],
  'permissions': permissions(),
  'buckets': [b['Name'] for b in c('s3').list_buckets()['Buckets']],
  'retention': [g.get('retentionInDays') for g in logs.describe_log_groups()['logGroups']],
}, default=str))
`;

interface Account {
  roles: Record<
    string,
    {
      trust: unknown;
      boundary: string | null;
      policies: Record<string, { Statement: { Action: string | string[]; Resource: unknown }[] }>;
      attached: unknown[];
    }
  >;
  configuration: Record<string, unknown>;
  permissions: {
    Action: string;
    Principal: string;
    Condition: unknown;
  }[];
  [other: string]: unknown;
}

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

async function account(): Promise<Account> {
  const env = {
    ...process.env,
    URL: cloud.url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  };
  const { stdout } = await promisify(execFile)(await pythonWithMoto(), ['-c', READ_BACK], { env });
  return JSON.parse(stdout) as Account;
}

test('bootstrap and release leave in an empty account exactly what the documentation states', async () => {
  await cloud.reset();
  cloud.script(healthy);
  const set = await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  expect(set.out).toContain(`arn:aws:iam::${ACCOUNT}:role/og-deployer`);
  const digest = await pushTestImage(cloud);
  const { code, out } = await deploy(cloud, ['release']);
  expect(code).toBe(0);
  for (const text of [
    ACCOUNT,
    'eu-central-1',
    digest,
    `${cloud.url}/url/`,
    'export OG_BUCKET=blog-images',
    'export OG_PREFIX=images',
    'npx og-sync --store "s3://$OG_BUCKET/$OG_PREFIX"',
  ])
    expect(out).toContain(text);

  const found = await account();
  expect(Object.keys(found.roles).sort()).toEqual([
    'og-caller',
    'og-deployer',
    'og-exec',
    'og-plan',
    'og-pull-request',
  ]);
  expect(found).toMatchObject({
    providerArns: [
      `arn:aws:iam::${ACCOUNT}:oidc-provider/api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc`,
    ],
    providers: [['ari:cloud:bitbucket::workspace/11111111-1111-4111-8111-111111111111']],
    managed: ['og-boundary'],
    buckets: ['blog-images'],
    repositories: { 'og-sync': ['IMMUTABLE', true], 'og-sync-pr': ['MUTABLE', true] },
    repositoryPolicy: {
      Statement: [
        {
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        },
      ],
    },
    image: `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/og-sync@${digest}`,
    configuration: {
      PackageType: 'Image',
      MemorySize: 2048,
      Timeout: 60,
      EphemeralStorage: { Size: 1024 },
      Architectures: ['x86_64'],
      Role: `arn:aws:iam::${ACCOUNT}:role/og-exec`,
      Environment: { Variables: { OG_BUCKET: 'blog-images', OG_PREFIX: 'images/', OG_AUTH: 'iam' } },
    },
    versions: ['$LATEST', '1'],
    alias: '1',
    url: 'AWS_IAM',
    permissions: [],
    retention: [30],
    concurrency: null,
  });
  const { 'og-exec': execution, 'og-deployer': deployer } = found.roles;
  expect(execution).toMatchObject({ attached: [], boundary: `arn:aws:iam::${ACCOUNT}:policy/og-boundary` });
  expect(Object.keys(execution?.policies ?? {})).toEqual(['og-sync']);
  expect(execution?.policies['og-sync']?.Statement.flatMap(({ Action }) => Action)).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:PutObject',
  ]);
  expect(JSON.stringify(deployer?.trust)).toContain(
    '{22222222-2222-4222-8222-222222222222}:{33333333-3333-4333-8333-333333333333}:',
  );
  expect(JSON.stringify(deployer?.policies)).toContain(FUNCTION);
  expect(await planned(cloud)).toEqual([]);
  expect((await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET)).err).toContain('nothing to do');
});

test('a public URL has both permissions and a function that asks for its token', async () => {
  const open = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' };
  const { code, out, err } = await deploy(cloud, ['release'], open);
  expect(code).toBe(0);
  expect(out + err).not.toContain('a-token-of-some-length');
  const found = await account();
  expect(found['url']).toBe('NONE');
  expect(found.permissions.map(({ Action, Principal, Condition }) => [Action, Principal, Condition])).toEqual(
    [
      ['lambda:InvokeFunctionUrl', '*', { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }],
      ['lambda:InvokeFunction', '*', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }],
    ],
  );
  expect(found.configuration['Environment']).toMatchObject({
    Variables: { OG_AUTH: 'token', OG_TOKEN: 'a-token-of-some-length' },
  });
  expect(await planned(cloud, open)).toEqual([]);
});

test('rolls back to the version before, and forward again by the next release', async () => {
  const back = await deploy(cloud, ['rollback']);
  expect([back.code, back.out]).toEqual([
    0,
    expect.stringMatching(/^Version 1 is live behind http:\S+ \(AWS_IAM\)\. It rendered a card/),
  ]);
  expect((await account())['alias']).toBe('1');
  const dry = await deploy(cloud, ['rollback', '--to', '2', '--dry-run', '--json']);
  expect((JSON.parse(dry.out) as { steps: { id: string }[] }).steps.map(({ id }) => id)).toEqual([
    'version.smoke',
    'alias.update',
    'url.update',
    'permission.add:url',
    'permission.add:invoke',
  ]);
  expect((await deploy(cloud, ['rollback', '--to', '9'])).err).toContain('There is no version 9');
  expect((await deploy(cloud, ['rollback', '--to', '2'])).code).toBe(0);
  expect((await account())['alias']).toBe('2');
});

test('bootstrap prints everything and asks AWS nothing when the account is given', async () => {
  cloud.seen.length = 0;
  const { code, out } = await deploy(cloud, ['bootstrap'], { ...BITBUCKET, AWS_ACCOUNT_ID: ACCOUNT });
  expect(code).toBe(0);
  expect(cloud.seen).toEqual([]);
  expect(out).toContain('sts:AssumeRoleWithWebIdentity');
  expect(out).toContain('Nothing was changed.');
  expect(out).not.toContain('${');
});
