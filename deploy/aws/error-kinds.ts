/**
 * What an error of the AWS SDK means, by its name. The status decides only where the name says nothing: CloudWatch Logs
 * and ECR answer AccessDenied with 400, and Lambda answers a refusal of KMS with 502.
 */

export type ErrorKind =
  'absent' | 'forbidden' | 'credentials' | 'throttled' | 'conflict' | 'transient' | 'other';

/** Names as the API references of IAM, STS, Lambda, ECR, CloudWatch Logs and S3 list them. */
export const ERROR_NAMES: Readonly<Record<Exclude<ErrorKind, 'other'>, readonly string[]>> = {
  absent: [
    'ResourceNotFoundException',
    'NoSuchEntity',
    'NoSuchEntityException',
    'RepositoryNotFoundException',
    'RepositoryPolicyNotFoundException',
    'LifecyclePolicyNotFoundException',
    'ImageNotFoundException',
    'ServerSideEncryptionConfigurationNotFoundError',
    'NoSuchBucket',
    'NotFound',
  ],
  forbidden: [
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'NotAuthorized',
    'AuthorizationError',
    'KMSAccessDeniedException',
    'RegionDisabledException',
    'OptInRequired',
    'AllAccessDisabled',
    'AccountProblem',
    'Forbidden',
  ],
  credentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'RequestTimeTooSkewed',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'InvalidAccessKeyId',
    'InvalidToken',
    'InvalidIdentityToken',
    'IDPRejectedClaim',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'CredentialsProviderError',
    'TokenProviderError',
  ],
  throttled: [
    'TooManyRequestsException',
    'ThrottlingException',
    'Throttling',
    'ThrottledException',
    'EC2ThrottledException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'BandwidthLimitExceeded',
    'SlowDown',
  ],
  conflict: [
    'ResourceConflictException',
    'ConcurrentModification',
    'ConcurrentModificationException',
    'OperationAbortedException',
    'OperationAborted',
    'ConditionalRequestConflict',
    'PreconditionFailedException',
    'ResourceNotReadyException',
  ],
  transient: [
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'InternalServerException',
    'ServiceException',
    'ServiceFailure',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'ServerException',
    'IDPCommunicationError',
    'RequestTimeout',
    'RequestTimeoutException',
    'TimeoutError',
    'NetworkingError',
  ],
};

const KINDS = new Map(
  Object.entries(ERROR_NAMES).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as ErrorKind] as const),
  ),
);

/** The meaning of what the SDK threw. What has neither a known name, a status nor a code of the network is `other`. */
export function errorKindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return 'other';
  const known = KINDS.get(error.name);
  if (known !== undefined) return known;
  const status = statusOf(error);
  if (status === undefined) return isNetwork(error) ? 'transient' : 'other';
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'forbidden';
  // A 404 without a name that is known is not "absent": a proxy answers so too.
  return status >= 500 ? 'transient' : 'other';
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}

/** The connection failed before an answer came: Node names the cause in `code`. */
function isNetwork(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    (typeof code === 'string' && /^(E[A-Z]+|CERT_|UND_ERR|ERR_(TLS|SSL|HTTP|SOCKET))/.test(code)) ||
    /socket hang up/i.test(error.message)
  );
}
