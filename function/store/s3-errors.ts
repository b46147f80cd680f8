/** What S3, the network and the SDK say → what a user can do about it. */
import { FunctionError, OgError } from '../contract.ts';
import type { ErrorCode } from '../contract.ts';
import { NotS3Error } from './s3-answers.ts';

/** What was tried, for messages: `put`, the right it takes (`s3:PutObject`), and on what (`s3://bucket/key`). */
export interface Attempt {
  doing: string;
  action: string;
  on: string;
}

interface Explanation {
  code: ErrorCode;
  reason: string;
  hint: string;
  /** True of what no other key could escape. */
  everywhere?: boolean;
}

const CREDENTIALS =
  'Give the process credentials: a profile (AWS_PROFILE), AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of your build.';
const AGAIN = 'Run again: only what is missing is made.';
const REACH =
  'Check the network, AWS_REGION and, if it is set, AWS_ENDPOINT_URL_S3. Then run again: only what is missing is made.';
const REGION = 'Set AWS_REGION to the region of the bucket.';
const CHECKSUMS =
  'Set AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED, for stores that do not know the checksums AWS sends (docs/aws.md).';

const refusedEverywhere = (reason: string, hint: string): Explanation => ({
  code: 'store_refused',
  reason,
  hint,
  everywhere: true,
});
const unavailable = (reason: string, hint: string): Explanation => ({
  code: 'store_unavailable',
  reason,
  hint,
});

const BY_NAME: Record<string, Explanation> = {
  NoSuchBucket: refusedEverywhere('the bucket does not exist', 'Check the name of the bucket, or create it.'),
  PermanentRedirect: refusedEverywhere('the bucket is in another region', REGION),
  AuthorizationHeaderMalformed: refusedEverywhere('the bucket is in another region', REGION),
  InvalidAccessKeyId: refusedEverywhere('the access key is not known', CREDENTIALS),
  SignatureDoesNotMatch: refusedEverywhere('the secret key is wrong', CREDENTIALS),
  InvalidToken: refusedEverywhere('the session token is not valid', CREDENTIALS),
  InvalidIdentityToken: refusedEverywhere(
    'the identity token of the build was refused',
    'See that the identity provider exists in this account, with the issuer and audience of your pipeline (docs/deploy.md).',
  ),
  ExpiredToken: refusedEverywhere('the credentials have expired', `Get new ones. ${AGAIN}`),
  ExpiredTokenException: refusedEverywhere('the credentials have expired', `Get new ones. ${AGAIN}`),
  RequestTimeTooSkewed: refusedEverywhere("this machine's clock is wrong", 'Set the clock.'),
  TimeoutError: unavailable('S3 did not answer in time', REACH),
  AbortError: unavailable('S3 did not answer in time', REACH),
  SlowDown: unavailable('S3 asks to slow down', `Lower the concurrency. ${AGAIN}`),
  BadDigest: unavailable('the upload arrived damaged', AGAIN),
  KeyTooLongError: {
    code: 'invalid_key',
    reason: 'the key is too long for this store',
    hint: 'Shorten the slug, the key pattern or the prefix.',
  },
};

const BY_CODE: Record<string, Explanation> = {
  ENOTFOUND: unavailable('the host name of S3 is not known', REACH),
  EAI_AGAIN: unavailable('the host name of S3 cannot be looked up', REACH),
  ECONNREFUSED: unavailable('the connection was refused', REACH),
  ECONNRESET: unavailable('the connection was cut', REACH),
  ETIMEDOUT: unavailable('S3 did not answer in time', REACH),
};

/** Names and messages of a 403 that say no more than the status does. */
const WORDLESS = /^(AccessDenied|Forbidden|Unauthorized|Unknown(Error)?|\d{3})$/;
const WORDS_OF_DENIAL = /^(access denied|forbidden|unauthorized|unknown(error)?|no)?\.?$/i;
/** Of who asks, or of the whole bucket, never of one key. */
const EVERYWHERE = new Set([
  'AccountProblem',
  'AllAccessDisabled',
  'AuthorizationQueryParametersError',
  'IDPRejectedClaim',
  'IncompleteSignature',
  'InvalidBucketName',
  'InvalidClientTokenId',
  'InvalidSecurity',
  'MissingAuthenticationToken',
  'NotSignedUp',
  'RequestExpired',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);
/** How makes of S3 call what the SDK sends with an upload and they do not know: R2, B2, OVH, OSS, GCS, older MinIO and Ceph. */
const ABOUT_CHECKSUMS =
  /checksum|crc32|content-md5|content-sha256|aws-chunked|trailer|functionality that is not implemented/i;

/** The HTTP status of S3's answer; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}

/** Turns what the SDK threw into ours, the cause kept; FunctionErrors pass. Says which right is missing after a 403. */
export function s3Error(error: unknown, { doing, action, on }: Attempt): FunctionError {
  if (error instanceof FunctionError) return error;
  const { code, reason, hint, everywhere } = explain(error, action);
  const details = everywhere === true ? { everywhere } : undefined;
  return new FunctionError(code, `Cannot ${doing} ${on}: ${reason}.`, hint, { cause: error, details });
}

/** The caller gave up waiting, which says nothing of S3. Whether the object was written is not known. */
export function stopped({ doing, on }: Attempt, cause: unknown): FunctionError {
  return new FunctionError('store_unavailable', `Stopped before S3 could ${doing} ${on}.`, AGAIN, { cause });
}

function explain(error: unknown, action: string): Explanation {
  if (!(error instanceof Error)) return unavailable(String(error), AGAIN);
  const status = statusOf(error);
  const network = (error as NodeJS.ErrnoException).code;
  const known = BY_NAME[error.name] ?? (status === undefined ? BY_CODE[network ?? ''] : undefined);
  if (known !== undefined) return known;
  if (error instanceof NotS3Error)
    return {
      ...unavailable(
        `${error.message}, which is not how S3 answers`,
        'Check AWS_ENDPOINT_URL_S3, and whether a proxy or a login page stands between.',
      ),
      everywhere: true,
    };
  // The provider of credentials has said it in words of its own.
  if (error instanceof OgError) return refusedEverywhere(lowered(sentence(error)), error.hint);
  if (error.message === 'Invalid URL')
    return refusedEverywhere(
      'the endpoint is not an address',
      'Correct AWS_ENDPOINT_URL_S3 (or endpoint_url of the profile): it looks like https://s3.example.org.',
    );
  if (/region is missing/i.test(error.message)) return refusedEverywhere('no AWS region is set', REGION);
  if (/^region not accepted/i.test(error.message))
    return refusedEverywhere(`the AWS region is not valid (${sentence(error)})`, REGION);
  if (error.name.endsWith('ProviderError'))
    return refusedEverywhere(`there are no usable AWS credentials (${sentence(error)})`, CREDENTIALS);
  return status === undefined ? unavailable(sentence(error), REACH) : explainAnswer(error, status, action);
}

/** What S3 said itself, in its own words where it has some. */
function explainAnswer(error: Error, status: number, action: string): Explanation {
  if (status < 300) return unavailable(`the answer of S3 cannot be read (${sentence(error)})`, AGAIN);
  const said = `S3 answered ${status} (${error.name}): ${sentence(error)}`;
  if ((status < 500 || status === 501) && ABOUT_CHECKSUMS.test(`${error.name} ${error.message}`))
    return refusedEverywhere(said, CHECKSUMS);
  if (status === 401 || (status === 403 && WORDLESS.test(error.name))) return denied(error, action);
  if (status === 501)
    return refusedEverywhere(said, 'This store does not know what og-sync asks of it: see docs/aws.md.');
  if (status >= 500 || status === 429) return unavailable(`${said}, again and again`, AGAIN);
  return {
    code: 'store_refused',
    everywhere: EVERYWHERE.has(error.name),
    reason: said,
    hint: 'Check the address of the store, and what this message names.',
  };
}

/** S3 mostly says itself which right is missing: it may be one for a key of KMS, or to assume the role. */
function denied(error: Error, action: string): Explanation {
  const named = /not authorized to perform:? (\w+:\w+)/i.exec(error.message)?.[1];
  const right = named ?? action;
  const own = named !== undefined || WORDS_OF_DENIAL.test(error.message) ? '' : ` (${sentence(error)})`;
  return {
    code: 'store_refused',
    reason: `access denied; the right ${right} is missing${own}`,
    hint: right.startsWith('sts:')
      ? 'The role does not trust this build: see whom its trust policy names (docs/deploy.md).'
      : `Allow ${right} to the role or user in use (docs/aws.md has the policies).`,
  };
}

/** The first line: the SDK's own errors go on with advice to programmers. */
function sentence({ message }: Error): string {
  return (message.trim().split('\n', 1)[0] ?? '').replace(/\.$/, '');
}

/** A sentence as the end of another. */
function lowered(text: string): string {
  return /^[A-Z][a-z]* /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
