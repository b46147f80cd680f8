/** What a request asks of IAM: actions, resources and condition keys, by the service authorization reference. */
import type { Asked } from './policy-engine.ts';
import type { SeenOperation } from './operation.ts';

export const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const ARN = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** `boundaryOf` says which boundary a role has now. Nothing is asked for a call that needs no right. */
export async function askedOf(
  operation: string,
  { url, body }: Pick<SeenOperation, 'url' | 'body'>,
  boundaryOf: (role: string) => Promise<string | undefined>,
): Promise<Asked[]> {
  const [service = '', action = ''] = operation.split(':');
  if (operation === 'sts:GetCallerIdentity' || operation === 'sts:AssumeRoleWithWebIdentity') return [];
  if (service === 'lambda') return lambda(operation, action, url, body);
  if (service === 'iam') return [await iam(operation, new URLSearchParams(body), boundaryOf)];
  if (service === 's3') return s3(operation, url, body);
  const json = (body === '' ? {} : JSON.parse(body)) as Record<string, string & string[]>;
  if (service === 'ecr') {
    const name = json['repositoryName'] ?? json['repositoryNames']?.[0];
    const resource = name === undefined ? '*' : ARN('ecr', `repository/${name}`);
    return [{ action: operation, resource, context: {} }];
  }
  const group = json['logGroupName'] ?? '';
  return [{ action: operation, resource: ARN('logs', `log-group:${group}`), context: {} }];
}

function s3(operation: string, url: string, body: string): Asked[] {
  const address = new URL(url, 'http://x');
  const [bucket = '', ...rest] = decodeURIComponent(address.pathname).slice(1).split('/');
  // One request may delete many objects, each by a right of its own.
  const keys = address.searchParams.has('delete')
    ? [...body.matchAll(/<Key>([^<]+)</g)].map(([, key]) => key ?? '')
    : [rest.join('/')];
  return keys.map((key) => ({
    action: operation,
    resource: `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`,
    context: {
      'aws:ResourceAccount': ACCOUNT,
      's3:prefix':
        operation === 's3:ListBucket' ? (address.searchParams.get('prefix') ?? undefined) : undefined,
    },
  }));
}

function lambda(operation: string, action: string, url: string, body: string): Asked[] {
  const address = new URL(url, 'http://x');
  const json = (body === '' ? {} : JSON.parse(body)) as Record<string, string>;
  const name = /\/functions\/([^/]+)/.exec(address.pathname)?.[1] ?? json['FunctionName'] ?? '';
  const qualifier = address.searchParams.get('Qualifier');
  const urlConfig = action.endsWith('FunctionUrlConfig');
  const asked: Asked[] = [
    {
      action: operation,
      resource: ARN('lambda', `function:${name}${qualifier === null ? '' : `:${qualifier}`}`),
      context: {
        'lambda:FunctionUrlAuthType': urlConfig ? json['AuthType'] : json['FunctionUrlAuthType'],
        'lambda:Principal': action === 'AddPermission' ? json['Principal'] : undefined,
      },
    },
  ];
  if (json['Role'] !== undefined)
    asked.push({
      action: 'iam:PassRole',
      resource: json['Role'],
      context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    });
  return asked;
}

async function iam(
  action: string,
  form: URLSearchParams,
  boundaryOf: (role: string) => Promise<string | undefined>,
): Promise<Asked> {
  const role = form.get('RoleName');
  const resource =
    form.get('PolicySourceArn') ??
    (role === null ? null : `arn:aws:iam::${ACCOUNT}:role/${role}`) ??
    form.get('PolicyArn') ??
    form.get('OpenIDConnectProviderArn') ??
    (form.get('Url') === null
      ? `arn:aws:iam::${ACCOUNT}:policy/${form.get('PolicyName')}`
      : `arn:aws:iam::${ACCOUNT}:oidc-provider/${form.get('Url')?.replace('https://', '')}`);
  const given = form.get('PermissionsBoundary') ?? undefined;
  const boundary =
    given ?? (role === null || /:(Get|List)/.test(action) ? undefined : await boundaryOf(role));
  return { action, resource, context: { 'iam:PermissionsBoundary': boundary } };
}
