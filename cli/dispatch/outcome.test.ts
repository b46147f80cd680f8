import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERRORS, responseSchema } from '../../function/contract.ts';
import type { ErrorCode } from '../../function/contract.ts';
import { outcomeOf, outcomeOfError } from './outcome.ts';
import { NetworkError } from './request.ts';
import type { Reply } from './request.ts';

const WHERE = 'https://f.example/';
const reply = (status: number, text = '', more: Partial<Reply> = {}): Reply => ({
  status,
  text,
  type: 'application/json',
  retryAfter: null,
  date: null,
  ...more,
});
const ask = (answer: Reply) => outcomeOf(WHERE, answer, responseSchema, 0);
const failure = (code: ErrorCode): string => JSON.stringify({ error: { code, message: 'why' } });

const broken = (reached: boolean, timedOut = false) =>
  outcomeOfError(new NetworkError('no', { reached, timedOut, cause: null }));

test('a good answer is the answer', () => {
  const value = { results: [], unprocessed: ['a'] };
  expect(ask(reply(200, JSON.stringify(value)))).toEqual({ kind: 'answered', value });
});

test.each([
  ['HTML', '<html>'],
  ['JSON cut off', '{"results":['],
  ["somebody else's JSON", '{"ok":true}'],
  ['nothing', ''],
])('200 with %s is nobody knows what', (_name, text) => {
  expect(ask(reply(200, text))).toMatchObject({ kind: 'unknown', ours: false, timedOut: false });
});

test('429 was turned away before anything was done, and says for how long', () => {
  expect(ask(reply(429))).toMatchObject({ kind: 'busy', askedMs: null });
  expect(ask(reply(429, '', { retryAfter: '3' }))).toMatchObject({ kind: 'busy', askedMs: 3000 });
});

test.each([500, 502, 503, 504])('%i may or may not have done the work', (status) => {
  expect(ask(reply(status, '<h1>oops</h1>'))).toMatchObject({ kind: 'unknown', reason: `HTTP ${status}` });
});

test.each([[413, ''] as const, [413, failure('too_large')] as const])(
  '%i means: send less',
  (status, text) => {
    expect(ask(reply(status, text))).toMatchObject({ kind: 'too_large' });
  },
);

describe('403', () => {
  test('names both rights', () => {
    const outcome = ask(reply(403, '{"Message":"Forbidden"}'));
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'function_refused' } });
    const { hint } = (outcome as { error: { hint: string } }).error;
    expect(hint).toContain('lambda:InvokeFunctionUrl and lambda:InvokeFunction');
  });

  test.each([
    'The security token included in the request is expired',
    'Signature expired: 20261123T100000Z is now earlier than 20261123T101000Z',
    'The request signature we calculated does not match the signature you provided.',
  ])('may come from credentials that grew old: %s', (message) => {
    expect(ask(reply(403, JSON.stringify({ Message: message })))).toMatchObject({ kind: 'expired' });
  });
});

test.each([
  [401, 'OG_FUNCTION_TOKEN'],
  [403, 'lambda:InvokeFunctionUrl'],
])('%i of the function itself says what to do', (status, hint) => {
  const outcome = ask(reply(status, failure(status === 401 ? 'unauthorized' : 'forbidden')));
  expect(outcome).toMatchObject({ kind: 'refused' });
  expect((outcome as { error: { hint: string } }).error.hint).toContain(hint);
});

test.each(Object.keys(ERRORS) as ErrorCode[])('the error %s is sent again only if that can help', (code) => {
  const { status, retryable } = ERRORS[code];
  const { kind } = ask(reply(status, failure(code)));
  expect(kind === 'unknown').toBe(retryable);
});

test.each([302, 404, 405])('%i from a stranger is no function, in words that show what it said', (status) => {
  const outcome = ask(reply(status, '<h1>Go\n away</h1>', { type: 'text/html' }));
  expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'not_a_function', exitCode: 3 } });
  expect((outcome as { error: Error }).error.message).toContain('<h1>Go away</h1>');
});

test('any status with any text means something, and a refusal always says what to do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 599 }),
      fc.string(),
      fc.option(fc.string()),
      (status, text, retryAfter) => {
        const outcome = ask(reply(status, text, { retryAfter }));
        expect(outcome.kind).toBeTypeOf('string');
        if ('error' in outcome) expect(outcome.error.hint.length).toBeGreaterThan(20);
      },
    ),
  );
});

test('a connection that was never made is distinguished from one that broke', () => {
  expect(broken(false)).toMatchObject({ kind: 'unreached' });
  expect(broken(true)).toMatchObject({ kind: 'unknown', timedOut: false });
  expect(broken(true, true)).toMatchObject({ kind: 'unknown', timedOut: true });
});

test('an error of ours is not taken for the network', () => {
  expect(() => outcomeOfError(new TypeError('a bug'))).toThrow('a bug');
});
