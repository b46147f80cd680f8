/** Answers in the words AWS uses, for scripts. */
import type { CloudAnswer, CloudCall, Script } from './cloud.ts';

/** An error in the format of the service that was called. */
export function failure(
  call: Pick<CloudCall, 'operation'>,
  status: number,
  name: string,
  message: string,
): CloudAnswer {
  const service = call.operation.split(':')[0] ?? '';
  if (service === 'iam' || service === 'sts')
    return xml(
      status,
      `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  if (service === 's3')
    return xml(status, `<Error><Code>${name}</Code><Message>${message}</Message></Error>`);
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, Type: 'User', message, Message: message }),
  };
}

function xml(status: number, body: string): CloudAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** Refuses one action, as an IAM policy would. ECR and CloudWatch Logs answer with 400, the others with 403. */
export function deny(action: string): Script {
  return (call) => {
    if (call.operation !== action) return null;
    const name = /^(iam|s3|sts)/.test(action) ? 'AccessDenied' : 'AccessDeniedException';
    return failure(
      call,
      /^(ecr|logs):/.test(action) ? 400 : 403,
      name,
      `User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ${action} on resource: z`,
    );
  };
}

/** Gives an operation other answers the first times it is called; then it is passed on. */
export function firstTimes(
  operation: string,
  times: number,
  answer: (call: CloudCall) => ReturnType<Script>,
): Script {
  let left = times;
  return (call) => {
    if (call.operation !== operation || left === 0) return null;
    left -= 1;
    return answer(call);
  };
}

/** Lets moto answer and changes members of its JSON, at any depth given by a path. */
export async function altered(
  call: CloudCall,
  change: (json: Record<string, unknown>) => void,
): Promise<CloudAnswer> {
  const answer = await call.pass();
  const json = JSON.parse(answer.body) as Record<string, unknown>;
  change(json);
  return { ...answer, body: JSON.stringify(json) };
}

const CARD = {
  status: 'stored',
  slug: 'og-sync-smoke-test',
  key: '.og-sync/smoke-test.jpg',
  fingerprint: '0'.repeat(64),
  bytes: 48_213,
  width: 1200,
  height: 630,
  renderMs: 181.4,
  warnings: [],
};

/** Answers every Invoke as a healthy og-sync does. */
export const healthy: Script = ({ operation }) =>
  operation === 'lambda:InvokeFunction' ? invoked({ results: [CARD], unprocessed: [] }) : null;

/** An Invoke's answer: its payload, and the end of the log. */
export function invoked(
  payload: unknown,
  log = 'REPORT Duration: 512 ms',
  functionError?: string,
): CloudAnswer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-log-result': Buffer.from(log).toString('base64'),
      ...(functionError === undefined ? {} : { 'x-amz-function-error': functionError }),
    },
    body: JSON.stringify(payload),
  };
}

/** A post that failed in the function. */
export function failedPost(code: string, message: string): CloudAnswer {
  return invoked({
    results: [{ status: 'failed', slug: 's', key: 'k', warnings: [], error: { code, message } }],
    unprocessed: [],
  });
}
