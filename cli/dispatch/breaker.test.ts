import { describe, expect, test } from 'vitest';
import type { RenderResponse } from '../../function/contract.ts';
import { failed, item, stored } from '../testing/items.ts';
import { createBreaker } from './breaker.ts';
import type { SendOutcome } from './outcome.ts';

const BACKOFF = { baseMs: 250, capMs: 10_000 };
const WHERE = 'https://f.example/';

function answered(...codes: (string | null)[]): SendOutcome<RenderResponse> {
  const post = item('a.jpg', 'f');
  const results = codes.map((code) =>
    code === null ? stored(post) : failed(post, { code, message: 'why' }),
  );
  return { kind: 'answered', value: { results, unprocessed: [] } };
}

const FAILURES: Record<string, SendOutcome<RenderResponse>> = {
  'HTTP 502': { kind: 'unknown', reason: 'HTTP 502', askedMs: null, timedOut: false, ours: true },
  'HTTP 413': { kind: 'too_large', reason: 'HTTP 413' },
  'no post was begun': answered(),
  internal: answered('internal'),
};

/** Sends until the breaker ends it; how often, and how long it waited in all. */
function send(outcome: SendOutcome<RenderResponse>, breaker = createBreaker(WHERE, BACKOFF, () => 0.5)) {
  let waitedMs = 0;
  for (let sent = 1; sent < 1000; sent += 1) {
    const single = breaker.isOpen();
    waitedMs += breaker.waitMs();
    const error = breaker.learn(outcome, single);
    if (error !== null) return { sent, waitedMs, error };
  }
  return { sent: 1000, waitedMs, error: null };
}

describe('a function whose every request to render comes to nothing', () => {
  test.each(Object.entries(FAILURES))('%s: some twenty requests, half a minute, and why', (name, outcome) => {
    const { sent, waitedMs, error } = send(outcome);
    expect(sent).toBeLessThan(20);
    expect(waitedMs).toBeGreaterThan(15_000);
    expect(waitedMs).toBeLessThan(45_000);
    expect(error).toMatchObject({ code: 'function_unreachable', exitCode: 3 });
    expect(error?.message).toContain(name);
    expect(error?.message).toContain(`the last ${sent} requests`);
  });

  test('is named by the cause that all its answers give', () => {
    expect(send(answered('browser_unavailable', 'browser_unavailable')).error).toMatchObject({
      code: 'browser_unavailable',
    });
  });

  test('is given more time when it has made images before', () => {
    const breaker = createBreaker(WHERE, BACKOFF, () => 0.5);
    breaker.learn(answered(null), false);
    const { sent } = send(answered('internal'), breaker);
    expect(sent).toBeGreaterThan(30);
    expect(sent).toBeLessThan(50);
  });
});

test.each([
  ['an image', answered('internal', null)],
  ['a failure of one post', answered('render_failed')],
  ['a failure that only a newer function knows', answered('out_of_ink')],
])('%s shows that it works: all goes on as before', (_what, outcome) => {
  const breaker = createBreaker(WHERE, BACKOFF, () => 0.5);
  for (let at = 0; at < 12; at += 1) breaker.learn(answered('internal'), false);
  expect(breaker.isOpen()).toBe(true);
  breaker.learn(outcome, true);
  expect(breaker.isOpen()).toBe(false);
  expect(breaker.waitMs()).toBe(0);
});

test.each<SendOutcome<RenderResponse>>([
  { kind: 'busy', reason: '429', askedMs: null },
  { kind: 'unreached', reason: 'no', cause: null },
])('$kind says nothing of the function', (outcome) => {
  expect(send(outcome).error).toBeNull();
});
