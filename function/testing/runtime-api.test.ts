/** The stand-in for Lambda has Lambda's limits. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PAYLOAD_LIMIT, startRuntimeApi } from './runtime-api.ts';
import type { RuntimeApi } from './runtime-api.ts';

let api: RuntimeApi;
beforeEach(async () => {
  api = await startRuntimeApi();
});
afterEach(() => api.close());

/** A runtime that answers one event with a text. */
async function answerOnce(answer: string, afterMs = 0): Promise<number> {
  const base = `http://${api.address}/2018-06-01/runtime/invocation`;
  const next = await fetch(`${base}/next`);
  await next.text();
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const { status } = await fetch(`${base}/${id}/response`, { method: 'POST', body: answer });
  return status;
}

describe('Lambda, as the tests have it,', () => {
  it('hands over an event and takes the answer', async () => {
    const [answer, status] = await Promise.all([api.invoke({ a: 1 }), answerOnce('{"b":2}')]);
    expect([answer, status]).toEqual([{ b: 2 }, 202]);
  });

  it.each([
    ['an answer at the limit', PAYLOAD_LIMIT - 2, 202],
    ['an answer of one byte more', PAYLOAD_LIMIT - 1, 413],
  ])('judges %s', async (_, length, expected) => {
    const invoked = api.invoke({}).then(
      () => 'taken',
      (error: Error) => error.message,
    );
    const status = await answerOnce(JSON.stringify('x'.repeat(length)));
    expect([await invoked, status]).toEqual([
      expected === 202 ? 'taken' : 'Function.ResponseSizeTooLarge',
      expected,
    ]);
  });

  it('refuses an event of more than 6 MB', async () => {
    await expect(api.invoke('x'.repeat(PAYLOAD_LIMIT))).rejects.toThrow(String(PAYLOAD_LIMIT));
  });

  it('does not take an answer after the deadline', async () => {
    const late = answerOnce('{}', 200);
    await expect(api.invoke({}, 50)).rejects.toThrow('Task timed out after 0.05 seconds');
    await late;
  });
});
