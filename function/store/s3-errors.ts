/** What S3, the network and the SDK say → what a user can do about it. */
import { FunctionError } from '../contract.ts';
import type { ErrorCode } from '../contract.ts';

/** What was tried, for messages: `put`, the right it takes (`s3:PutObject`), and on what (`s3://bucket/key`). */
export interface Attempt {
  doing: string;
  action: string;
  on: string;
}

type Explanation = readonly [ErrorCode, reason: string, hint: string];

const CREDENTIALS =
  'Give the process credentials: a profile (AWS_PROFILE), AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of your build.';
const AGAIN = 'Run again: only what is missing is made.';
const REACH =
  'Check the network, AWS_REGION and, if it is set, AWS_ENDPOINT_URL_S3. Then run again: only what is missing is made.';

const BY_NAME: Record<string, Explanation> = {
  NoSuchBucket: ['store_refused', 'the bucket does not exist', 'Check the name of the bucket, or create it.'],
  PermanentRedirect: [
    'store_refused',
    'the bucket is in another region',
    'Set AWS_REGION to the region of the bucket.',
  ],
  AuthorizationHeaderMalformed: [
    'store_refused',
    'the bucket is in another region',
    'Set AWS_REGION to the region of the bucket.',
  ],
  InvalidAccessKeyId: ['store_refused', 'the access key is not known', CREDENTIALS],
  SignatureDoesNotMatch: ['store_refused', 'the secret key is wrong', CREDENTIALS],
  InvalidToken: ['store_refused', 'the session token is not valid', CREDENTIALS],
  InvalidIdentityToken: [
    'store_refused',
    'the identity token of the build was refused',
    'See that the identity provider exists in this account, with the issuer and audience of your pipeline (docs/deploy.md).',
  ],
  ExpiredToken: ['store_refused', 'the credentials have expired', `Get new ones. ${AGAIN}`],
  ExpiredTokenException: ['store_refused', 'the credentials have expired', `Get new ones. ${AGAIN}`],
  RequestTimeTooSkewed: ['store_refused', "this machine's clock is wrong", 'Set the clock.'],
  TimeoutError: ['store_unavailable', 'S3 did not answer in time', REACH],
  AbortError: ['store_unavailable', 'S3 did not answer in time', REACH],
  SlowDown: ['store_unavailable', 'S3 asks to slow down', `Lower the concurrency. ${AGAIN}`],
  BadDigest: ['store_unavailable', 'the upload arrived damaged', AGAIN],
};

const BY_CODE: Record<string, Explanation> = {
  ENOTFOUND: ['store_unavailable', 'the host name of S3 is not known', REACH],
  EAI_AGAIN: ['store_unavailable', 'the host name of S3 cannot be looked up', REACH],
  ECONNREFUSED: ['store_unavailable', 'the connection was refused', REACH],
  ECONNRESET: ['store_unavailable', 'the connection was cut', REACH],
  ETIMEDOUT: ['store_unavailable', 'S3 did not answer in time', REACH],
};

/** The HTTP status of S3's answer; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}

/** Turns what the SDK threw into ours, the cause kept; FunctionErrors pass. Says which right is missing after a 403. */
export function s3Error(error: unknown, { doing, action, on }: Attempt): FunctionError {
  if (error instanceof FunctionError) return error;
  const [code, reason, hint] = explain(error, action);
  return new FunctionError(code, `Cannot ${doing} ${on}: ${reason}.`, hint, { cause: error });
}

/** The caller gave up waiting, which says nothing of S3. Whether the object was written is not known. */
export function stopped({ doing, on }: Attempt, cause: unknown): FunctionError {
  return new FunctionError('store_unavailable', `Stopped before S3 could ${doing} ${on}.`, AGAIN, { cause });
}

function explain(error: unknown, action: string): Explanation {
  if (!(error instanceof Error)) return ['store_unavailable', String(error), AGAIN];
  const status = statusOf(error);
  const network = (error as NodeJS.ErrnoException).code;
  const known = BY_NAME[error.name] ?? (status === undefined ? BY_CODE[network ?? ''] : undefined);
  if (known !== undefined) return known;
  if (/region is missing/i.test(error.message))
    return ['store_refused', 'no AWS region is set', 'Set AWS_REGION to the region of the bucket.'];
  if (error.name.endsWith('ProviderError'))
    return ['store_refused', `there are no usable AWS credentials (${sentence(error)})`, CREDENTIALS];
  if (status === 403)
    return denied(/not authorized to perform:? (\w+:\w+)/i.exec(error.message)?.[1] ?? action);
  if (status !== undefined && (status >= 500 || status === 429))
    return ['store_unavailable', `S3 answered ${status} (${error.name}) again and again`, AGAIN];
  if (status !== undefined)
    return [
      'store_refused',
      `S3 answered ${status} (${error.name}): ${sentence(error)}`,
      'Check the address of the store.',
    ];
  return ['store_unavailable', sentence(error), REACH];
}

/** S3 mostly says itself which right is missing: it may be one for a key of KMS, or to assume the role. */
function denied(action: string): Explanation {
  return [
    'store_refused',
    `access denied; the right ${action} is missing`,
    action.startsWith('sts:')
      ? 'The role does not trust this build: see whom its trust policy names (docs/deploy.md).'
      : `Allow ${action} to the role or user in use (docs/aws.md has the policies).`,
  ];
}

function sentence({ message }: Error): string {
  return message.trim().replace(/\.$/, '');
}
