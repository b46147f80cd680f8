import { expect, test } from 'vitest';
import { errorKindOf, ERROR_NAMES } from './error-kinds.ts';
import type { ErrorKind } from './error-kinds.ts';

function sdkError(name: string, status: number | null, more: object = {}): Error {
  return Object.assign(new Error('said AWS'), {
    name,
    ...(status === null ? {} : { $metadata: { httpStatusCode: status } }),
    ...more,
  });
}

/** What the services answer, with the status that each really uses. */
const ANSWERS: [service: string, status: number, name: string, kind: ErrorKind][] = [
  ['lambda', 403, 'AccessDeniedException', 'forbidden'],
  ['ecr', 400, 'AccessDeniedException', 'forbidden'],
  ['logs', 400, 'AccessDeniedException', 'forbidden'],
  ['iam', 403, 'AccessDenied', 'forbidden'],
  ['sts', 403, 'AccessDenied', 'forbidden'],
  ['s3', 403, 'AccessDenied', 'forbidden'],
  ['lambda, of KMS', 502, 'KMSAccessDeniedException', 'forbidden'],
  ['sts', 403, 'RegionDisabledException', 'forbidden'],
  ['iam', 403, 'InvalidClientTokenId', 'credentials'],
  ['sts', 400, 'ExpiredToken', 'credentials'],
  ['sts', 403, 'IDPRejectedClaim', 'credentials'],
  ['ecr', 400, 'UnrecognizedClientException', 'credentials'],
  ['logs', 400, 'InvalidSignatureException', 'credentials'],
  ['lambda', 403, 'InvalidSignatureException', 'credentials'],
  ['s3', 403, 'SignatureDoesNotMatch', 'credentials'],
  ['s3', 403, 'RequestTimeTooSkewed', 'credentials'],
  ['s3', 400, 'ExpiredToken', 'credentials'],
  ['ecr', 400, 'RepositoryNotFoundException', 'absent'],
  ['ecr', 400, 'LifecyclePolicyNotFoundException', 'absent'],
  ['logs', 400, 'ResourceNotFoundException', 'absent'],
  ['lambda', 404, 'ResourceNotFoundException', 'absent'],
  ['iam', 404, 'NoSuchEntity', 'absent'],
  ['s3', 404, 'NotFound', 'absent'],
  ['iam', 400, 'Throttling', 'throttled'],
  ['ecr', 400, 'ThrottlingException', 'throttled'],
  ['lambda', 429, 'TooManyRequestsException', 'throttled'],
  ['lambda', 502, 'EC2ThrottledException', 'throttled'],
  ['s3', 503, 'SlowDown', 'throttled'],
  ['lambda', 409, 'ResourceConflictException', 'conflict'],
  ['lambda', 502, 'ResourceNotReadyException', 'conflict'],
  ['iam', 409, 'ConcurrentModification', 'conflict'],
  ['logs', 400, 'OperationAbortedException', 'conflict'],
  ['s3', 400, 'RequestTimeout', 'transient'],
  ['sts', 400, 'IDPCommunicationError', 'transient'],
  ['iam', 500, 'ServiceFailure', 'transient'],
  ['lambda', 500, 'ServiceException', 'transient'],
  // Neither is solved by trying again or by another right.
  ['iam', 409, 'LimitExceeded', 'other'],
  ['iam', 409, 'DeleteConflict', 'other'],
  ['lambda', 400, 'InvalidParameterValueException', 'other'],
  ['ecr', 400, 'InvalidParameterException', 'other'],
];

test.each(ANSWERS)('%s: %i %s is %s', (_, status, name, kind) => {
  expect(errorKindOf(sdkError(name, status))).toBe(kind);
});

test.each(Object.entries(ERROR_NAMES).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))(
  '%s is %s whatever its status',
  (name, kind) => {
    expect([400, 403, 404, 409, 500, 502, null].map((status) => errorKindOf(sdkError(name, status)))).toEqual(
      Array(7).fill(kind),
    );
  },
);

test.each([
  [sdkError('Unknown', 403), 'forbidden'],
  [sdkError('Unknown', 429), 'throttled'],
  [sdkError('Unknown', 502), 'transient'],
  [sdkError('Unknown', 404), 'other'],
  [sdkError('Error', null, { code: 'ECONNREFUSED' }), 'transient'],
  [sdkError('Error', null, { code: 'ENOTFOUND' }), 'transient'],
  [sdkError('Error', null, { code: 'CERT_HAS_EXPIRED' }), 'transient'],
  [new Error('socket hang up'), 'transient'],
  [new TypeError('x is not a function'), 'other'],
  ['a string', 'other'],
])('without a known name, %s is %s', (error, kind) => {
  expect(errorKindOf(error)).toBe(kind);
});
