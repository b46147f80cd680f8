/**
 * A stand-in for AWS in tests: an HTTP server in front of moto_server that passes everything on, except where a script
 * says otherwise. moto knows no Pending function, no throttling, no refusal and cannot run an image: scripts do that.
 * URLs and resource policies are in `doors.ts`; `enforce` puts every call under the policies of the role that makes it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startMoto } from '../../function/testing/moto.ts';
import type { Moto } from '../../function/testing/moto.ts';
import { failure } from './answers.ts';
import { askedOf } from './asked.ts';
import { Doors } from './doors.ts';
import { isRead, operationOf } from './operation.ts';
import { Sessions } from './sessions.ts';
import type { Decision } from './policy-engine.ts';

export interface CloudAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export interface CloudCall {
  operation: string;
  url: string;
  body: string;
  /** Asks AWS, as if there were no script. */
  pass(): Promise<CloudAnswer>;
}

/** What to do with a call: an answer, "cut" for a broken connection, or null to pass it on. */
export type Script = (call: CloudCall) => CloudAnswer | 'cut' | null | Promise<CloudAnswer | 'cut' | null>;

export interface Cloud {
  url: string;
  moto: Moto;
  /** Operations in the order in which they came. */
  seen: string[];
  /** Bodies and addresses of all requests, for greps. */
  raw: string[];
  /** `role action resource` of what IAM refused while policies are enforced. */
  refused: string[];
  /** Changes among the operations seen. */
  changes(): string[];
  /** Asked for each call, the newest first; the first that does not answer null decides. */
  script(script: Script): void;
  /** From now on every role may do only what its own policies say, and tokens must match a role's trust. */
  enforce(): void;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(): Promise<Cloud> {
  const moto = await startMoto();
  const sessions = new Sessions(moto.url);
  let scripts: Script[] = [];
  let enforced = false;
  const seen: string[] = [];
  const raw: string[] = [];
  const refused: string[] = [];
  let base = '';
  const doors = new Doors(
    () => base,
    async (path) => {
      const response = await fetch(`${moto.url}/2015-03-31/${path}`, {
        headers: {
          authorization:
            'AWS4-HMAC-SHA256 Credential=testing/20260101/eu-central-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
        },
      });
      return response.ok ? ((await response.json()) as Record<string, unknown>) : null;
    },
  );

  /** The refusal that IAM has for a call, or null. */
  const judge = async (request: IncomingMessage, call: CloudCall): Promise<CloudAnswer | null> => {
    if (call.operation === 'sts:AssumeRoleWithWebIdentity') {
      const form = new URLSearchParams(call.body);
      const role = form.get('RoleArn')?.split('/').at(-1) ?? '';
      if (await sessions.trusts(role, form.get('WebIdentityToken') ?? '')) return null;
      refused.push(`(token) ${call.operation} ${role}`);
      return failure(call, 403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
    }
    const role = sessions.roleOf(request.headers.authorization) ?? 'nobody';
    for (const asked of await askedOf(call.operation, call, (name) => sessions.boundaryOf(name))) {
      if (role !== 'nobody' && (await sessions.decide(role, asked)) === 'allowed') continue;
      refused.push(`${role} ${asked.action} ${asked.resource}`);
      const name = /^(iam|s3|sts)/.test(call.operation) ? 'AccessDenied' : 'AccessDeniedException';
      return failure(
        call,
        /^(ecr|logs):/.test(call.operation) ? 400 : 403,
        name,
        `User: arn:aws:sts::123456789012:assumed-role/${role}/x is not authorized to perform: ${asked.action} on resource: ${asked.resource} because no identity-based policy allows the ${asked.action} action`,
      );
    }
    return null;
  };

  const passTo = async (request: IncomingMessage, call: CloudCall): Promise<CloudAnswer> => {
    if (call.operation === 'iam:SimulatePrincipalPolicy') return simulation(sessions, call.body);
    const answer = (await doors.answer(call)) ?? (await forward(moto.url, request, call.body));
    if (call.operation.startsWith('iam:') && !isRead(call.operation)) sessions.changed();
    if (call.operation === 'sts:AssumeRoleWithWebIdentity')
      sessions.opened(
        enforced ? (new URLSearchParams(call.body).get('RoleArn')?.split('/').at(-1) ?? '') : '',
        answer.body,
      );
    return answer;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const url = request.url ?? '/';
    const method = request.method ?? 'GET';
    const id = /^\/url\/([^/]+)\//.exec(url)?.[1];
    if (id !== undefined) {
      const headers = request.headers as Record<string, string | undefined>;
      const isSigned = await sessions.isSigned({ method, path: url, headers, body });
      const role = sessions.roleOf(headers['authorization']) ?? '';
      const allows = async (asked: Parameters<Sessions['decide']>[1]): Promise<boolean> =>
        isSigned && (await sessions.decide(role, asked)) === 'allowed';
      return send(response, await doors.visit(id, { method, headers, allows }));
    }
    const operation = operationOf({
      method,
      url,
      target: request.headers['x-amz-target']?.toString(),
      authorization: request.headers.authorization,
      body,
    });
    seen.push(operation);
    raw.push(`${operation} ${url} ${body}`);
    const call: CloudCall = { operation, url, body, pass: () => passTo(request, call) };
    const denial = enforced ? await judge(request, call) : null;
    if (denial !== null) return send(response, denial);
    for (const script of scripts) {
      const answer = await script(call);
      if (answer === 'cut') return void request.socket.destroy();
      if (answer !== null) return send(response, answer);
    }
    send(response, await call.pass());
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => send(response, { status: 599, body: String(error) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  base = `http://127.0.0.1:${address.port}`;

  return {
    url: base,
    moto,
    seen,
    raw,
    refused,
    changes: () => seen.filter((operation) => !isRead(operation)),
    script: (script) => void (scripts = [script, ...scripts]),
    enforce: () => void (enforced = true),
    async reset() {
      scripts = [];
      enforced = false;
      for (const list of [seen, raw, refused]) list.length = 0;
      doors.reset();
      sessions.changed();
      await moto.reset();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await moto.stop();
    },
  };
}

/** What SimulatePrincipalPolicy answers; moto does not know it. */
async function simulation(sessions: Sessions, body: string): Promise<CloudAnswer> {
  const form = new URLSearchParams(body);
  const list = (name: string): string[] =>
    [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
  const context: Record<string, string> = {};
  for (const [key, name] of form)
    if (key.endsWith('.ContextKeyName'))
      context[name] = form.get(key.replace('ContextKeyName', 'ContextKeyValues.member.1')) ?? '';
  const role = form.get('PolicySourceArn')?.split('/').at(-1) ?? '';
  const results: string[] = [];
  for (const action of list('ActionNames'))
    for (const resource of list('ResourceArns')) {
      const decision: Decision = await sessions.decide(role, { action, resource, context });
      results.push(
        `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>${resource}</EvalResourceName><EvalDecision>${decision}</EvalDecision></member>`,
      );
    }
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join('')}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const HOP = new Set(['connection', 'content-length', 'transfer-encoding', 'host', 'expect', 'keep-alive']);

async function forward(base: string, request: IncomingMessage, body: string): Promise<CloudAnswer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (!HOP.has(name) && value !== undefined) headers[name] = String(value);
  const method = request.method ?? 'GET';
  const response = await fetch(new URL(request.url ?? '/', base), {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const kept: Record<string, string> = {};
  for (const [name, value] of response.headers)
    if (!HOP.has(name) && name !== 'content-encoding') kept[name] = value;
  return { status: response.status, body: await response.text(), headers: kept };
}

function send(response: ServerResponse, { status, body, headers }: CloudAnswer): void {
  response
    .writeHead(status, headers ?? { 'content-type': 'application/json' })
    .end(status === 204 ? undefined : body);
}
