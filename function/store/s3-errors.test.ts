import { describe, expect, it } from 'vitest';
import { FunctionError } from '../contract.ts';
import { s3Error, stopped } from './s3-errors.ts';

const PUT = { doing: 'write', action: 's3:PutObject', on: 's3://b/a.jpg' };

/** What the SDK throws: an answer with a status, or none. */
function thrown(name: string, status?: number, message = 'what AWS says.', code?: string): Error {
  const error = Object.assign(new Error(message), { $metadata: { httpStatusCode: status }, code });
  error.name = name;
  return error;
}

const KMS = 'User: arn:aws:sts::1:x is not authorized to perform: kms:GenerateDataKey on resource: y';
const STS = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';

describe('an error of S3', () => {
  it.each<[string, Error, string, RegExp, RegExp]>([
    [
      'a missing right',
      thrown('AccessDenied', 403),
      'store_refused',
      /right s3:PutObject is missing/,
      /docs\/aws/,
    ],
    [
      'a missing right of KMS',
      thrown('AccessDenied', 403, KMS),
      'store_refused',
      /right kms:GenerateDataKey/,
      /kms:/,
    ],
    [
      'a role that trusts others',
      thrown('AccessDenied', 403, STS),
      'store_refused',
      /sts:AssumeRole/,
      /trust/,
    ],
    [
      'a refused identity',
      thrown('InvalidIdentityToken', 400),
      'store_refused',
      /identity token/,
      /audience/,
    ],
    ['an expired token', thrown('ExpiredToken', 400), 'store_refused', /have expired/, /Run again/],
    [
      'a wrong key',
      thrown('SignatureDoesNotMatch', 403),
      'store_refused',
      /secret key is wrong/,
      /AWS_PROFILE/,
    ],
    [
      'no credentials',
      thrown('CredentialsProviderError'),
      'store_refused',
      /\(what AWS says\)/,
      /AWS_PROFILE/,
    ],
    ['no bucket', thrown('NoSuchBucket', 404), 'store_refused', /does not exist/, /name of the bucket/],
    ['another region', thrown('PermanentRedirect', 301), 'store_refused', /another region/, /AWS_REGION/],
    ['an odd answer', thrown('Oddity', 418), 'store_refused', /418 \(Oddity\): what AWS says\.$/, /address/],
    ['a busy S3', thrown('InternalError', 500), 'store_unavailable', /answered 500/, /Run again/],
    ['a time-out', thrown('TimeoutError'), 'store_unavailable', /in time/, /network/],
    ['a cut', thrown('Error', undefined, '', 'ECONNRESET'), 'store_unavailable', /was cut/, /network/],
    ['anything else', thrown('Error'), 'store_unavailable', /what AWS says\.$/, /network/],
  ])('%s is explained, the cause kept', (_what, cause, code, message, hint) => {
    const error = s3Error(cause, PUT);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^Cannot write s3:\/\/b\/a\.jpg: /);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(error.cause).toBe(cause);
  });

  it.each([
    ['NoSuchBucket', 404, true],
    ['AllAccessDisabled', 403, true],
    ['ExpiredToken', 400, true],
    ['UnrecognizedClientException', 403, true],
    ['AccessDenied', 403, false],
    ['InvalidObjectState', 403, false],
    ['EntityTooLarge', 400, false],
    ['InternalError', 500, false],
  ])('%s (%i) is said of every key: %s', (name, status, everywhere) => {
    const { details } = s3Error(thrown(name, status), PUT);
    expect(details).toEqual(everywhere ? { everywhere: true } : undefined);
  });

  it('passes when it is ours already, and takes what is no error at all', () => {
    const ours = new FunctionError('invalid_key', 'no', 'no');
    expect(s3Error(ours, PUT)).toBe(ours);
    expect(s3Error('odd', PUT).message).toBe('Cannot write s3://b/a.jpg: odd.');
  });

  it('does not blame S3 when the caller stopped waiting', () => {
    const error = stopped(PUT, thrown('AbortError'));
    expect(error).toMatchObject({
      code: 'store_unavailable',
      message: 'Stopped before S3 could write s3://b/a.jpg.',
    });
  });
});
