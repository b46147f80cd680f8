/** Which AWS action a request is, by the wire formats of the services: enough for those that og-deploy calls. */

const LAMBDA: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['POST', /\/functions$/, 'CreateFunction'],
  ['GET', /\/functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /\/functions\/[^/]+$/, 'DeleteFunction'],
  ['GET', /\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /\/configuration$/, 'UpdateFunctionConfiguration'],
  ['PUT', /\/code$/, 'UpdateFunctionCode'],
  ['PUT', /\/concurrency$/, 'PutFunctionConcurrency'],
  ['DELETE', /\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['GET', /\/versions$/, 'ListVersionsByFunction'],
  ['POST', /\/versions$/, 'PublishVersion'],
  ['POST', /\/invocations$/, 'InvokeFunction'],
  ['POST', /\/aliases$/, 'CreateAlias'],
  ['GET', /\/aliases\/[^/]+$/, 'GetAlias'],
  ['PUT', /\/aliases\/[^/]+$/, 'UpdateAlias'],
  ['POST', /\/url$/, 'CreateFunctionUrlConfig'],
  ['GET', /\/url$/, 'GetFunctionUrlConfig'],
  ['PUT', /\/url$/, 'UpdateFunctionUrlConfig'],
  ['DELETE', /\/url$/, 'DeleteFunctionUrlConfig'],
  ['GET', /\/urls$/, 'ListFunctionUrlConfigs'],
  ['GET', /\/policy$/, 'GetPolicy'],
  ['POST', /\/policy$/, 'AddPermission'],
  ['DELETE', /\/policy\/[^/]+$/, 'RemovePermission'],
];

/** What a method means for a bucket, and for an object. */
const S3: Record<string, readonly [bucket: string, object: string]> = {
  GET: ['ListBucket', 'GetObject'],
  HEAD: ['ListBucket', 'GetObject'],
  PUT: ['CreateBucket', 'PutObject'],
  DELETE: ['DeleteBucket', 'DeleteObject'],
};

const TARGETS: Record<string, string> = {
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  Logs_20140328: 'logs',
};

export interface SeenOperation {
  method: string;
  /** With its query. */
  url: string;
  target: string | undefined;
  authorization: string | undefined;
  body: string;
}

/** `service:Action`, as a policy would name it. */
export function operationOf({ method, url, target, authorization, body }: SeenOperation): string {
  if (target !== undefined) {
    const [service = '', action = ''] = target.split('.');
    return `${TARGETS[service] ?? service}:${action}`;
  }
  const path = url.replace(/\?.*$/, '').replace(/\/$/, '');
  if (/^\/20\d\d-\d\d-\d\d\/functions/.test(path)) {
    const found = LAMBDA.find(([verb, pattern]) => verb === method && pattern.test(path));
    return `lambda:${found?.[2] ?? `${method} ${path}`}`;
  }
  const action = new URLSearchParams(body).get('Action');
  if (action !== null)
    return `${action.includes('WebIdentity') || /\/sts\//.test(authorization ?? '') ? 'sts' : 'iam'}:${action}`;
  if (url.includes('encryption')) return 's3:GetEncryptionConfiguration';
  if (url.includes('?delete')) return 's3:DeleteObject';
  const object = /^\/[^/?]+\/[^?]/.test(url);
  return `s3:${S3[method]?.[object ? 1 : 0] ?? method}`;
}

/** Whether a request leaves everything as it is. */
export function isRead(operation: string): boolean {
  return /:(Get|List|Describe|AssumeRole|Simulate)/.test(operation) || operation === 'lambda:InvokeFunction';
}
