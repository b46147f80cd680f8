/**
 * Function URLs and resource policies as Lambda has them, one of each for every qualifier: moto has one URL a function
 * and binds none to an alias. The URLs answer, too: they check who calls, and then the function behind them does.
 */
import { randomUUID } from 'node:crypto';
import { decide } from './policy-engine.ts';
import { failure } from './answers.ts';
import { ACCOUNT } from './asked.ts';
import type { CloudAnswer, CloudCall } from './cloud.ts';
import type { Asked } from './policy-engine.ts';

interface Url {
  id: string;
  AuthType: string;
  InvokeMode: string;
  Cors: Record<string, unknown> | undefined;
}

interface Door {
  url: Url | null;
  statements: Record<string, unknown>[];
}

/** Asks moto for a function, a version or an alias: JSON, or null where it has none. */
export type Look = (path: string) => Promise<Record<string, unknown> | null>;

export interface Visitor {
  method: string;
  headers: Readonly<Record<string, string | undefined>>;
  /** Whether a valid signature allows an action; false without one. */
  allows: (asked: Asked) => Promise<boolean>;
}

const arnOf = (name: string, qualifier: string): string =>
  `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${name}${qualifier === '' ? '' : `:${qualifier}`}`;

const json = (status: number, body: unknown): CloudAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export class Doors {
  readonly #base: () => string;
  readonly #look: Look;
  #doors = new Map<string, Map<string, Door>>();

  constructor(base: () => string, look: Look) {
    this.#base = base;
    this.#look = look;
  }

  reset(): void {
    this.#doors.clear();
  }

  #at(name: string, qualifier: string): Door {
    const doors = this.#doors.get(name) ?? new Map<string, Door>();
    this.#doors.set(name, doors);
    const door = doors.get(qualifier) ?? { url: null, statements: [] };
    doors.set(qualifier, door);
    return door;
  }

  /** Answers what concerns URLs and permissions; null for everything else. */
  async answer(call: CloudCall): Promise<CloudAnswer | null> {
    const address = new URL(call.url, 'http://x');
    const name = /\/functions\/([^/]+)/.exec(address.pathname)?.[1] ?? '';
    const qualifier = address.searchParams.get('Qualifier') ?? '';
    const action = call.operation.replace('lambda:', '');
    if (action === 'DeleteFunction' && qualifier === '') {
      this.#doors.delete(name);
      return null;
    }
    if (!/FunctionUrlConfigs?$|Permission$|^GetPolicy$/.test(action) || !call.operation.startsWith('lambda:'))
      return null;
    const path = qualifier === '' ? `functions/${name}` : `functions/${name}/aliases/${qualifier}`;
    const there = await this.#look(path);
    const missing = failure(
      call,
      404,
      'ResourceNotFoundException',
      `Function not found: ${arnOf(name, qualifier)}`,
    );
    if (there === null) return missing;
    const body = (call.body === '' ? {} : JSON.parse(call.body)) as Record<string, never>;
    const door = this.#at(name, qualifier);
    const conflict = (text: string): CloudAnswer => failure(call, 409, 'ResourceConflictException', text);
    switch (action) {
      case 'ListFunctionUrlConfigs':
        return json(200, {
          FunctionUrlConfigs: [...(this.#doors.get(name) ?? [])].flatMap(([at, { url }]) =>
            url === null ? [] : [this.#shown(name, at, url)],
          ),
        });
      case 'CreateFunctionUrlConfig':
        if (door.url !== null)
          return conflict(
            `Failed to create function url config for [functionArn = ${arnOf(name, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
          );
        door.url = { id: randomUUID(), AuthType: '', InvokeMode: 'BUFFERED', Cors: undefined, ...body };
        return json(201, this.#shown(name, qualifier, door.url));
      case 'UpdateFunctionUrlConfig':
        if (door.url === null) return missing;
        Object.assign(door.url, body);
        return json(200, this.#shown(name, qualifier, door.url));
      case 'GetFunctionUrlConfig':
        return door.url === null ? missing : json(200, this.#shown(name, qualifier, door.url));
      case 'DeleteFunctionUrlConfig':
        if (door.url === null) return missing;
        door.url = null;
        return { status: 204, body: '' };
      case 'AddPermission': {
        const { StatementId: Sid } = body;
        if (door.statements.some((statement) => statement['Sid'] === Sid))
          return conflict(
            `The statement id (${String(Sid)}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          );
        door.statements.push(statementOf(body, arnOf(name, qualifier)));
        return json(201, { Statement: JSON.stringify(door.statements.at(-1)) });
      }
      case 'RemovePermission': {
        const sid = decodeURIComponent(address.pathname.split('/').at(-1) ?? '');
        if (!door.statements.some((statement) => statement['Sid'] === sid)) return missing;
        door.statements = door.statements.filter((statement) => statement['Sid'] !== sid);
        return { status: 204, body: '' };
      }
      default:
        return door.statements.length === 0
          ? missing
          : json(200, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: door.statements }) });
    }
  }

  #shown(name: string, qualifier: string, { id, ...url }: Url) {
    return {
      ...url,
      FunctionUrl: `${this.#base()}/url/${id}/`,
      FunctionArn: arnOf(name, qualifier),
      CreationTime: '2026-11-23T12:00:00Z',
      LastModifiedTime: '2026-11-23T12:00:00Z',
    };
  }

  /** What a visitor of a URL gets: first Lambda's own check, then the function's. */
  async visit(id: string, visitor: Visitor): Promise<CloudAnswer> {
    for (const [name, doors] of this.#doors)
      for (const [qualifier, { url, statements }] of doors)
        if (url?.id === id) {
          if (await this.#mayEnter(arnOf(name, qualifier), url, statements, visitor))
            return this.#serve(name, qualifier, visitor);
          return json(403, { Message: 'Forbidden' });
        }
    return json(404, { Message: 'Not found' });
  }

  async #mayEnter(resource: string, url: Url, statements: object[], visitor: Visitor): Promise<boolean> {
    const both: Asked[] = [
      {
        action: 'lambda:InvokeFunctionUrl',
        resource,
        context: { 'lambda:FunctionUrlAuthType': url.AuthType },
      },
      { action: 'lambda:InvokeFunction', resource, context: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    ];
    const policy = JSON.stringify({ Statement: statements });
    const open = both.map((asked) => decide([policy], asked) === 'allowed');
    if (url.AuthType === 'NONE') return open.every(Boolean);
    const granted = await Promise.all(both.map((asked) => visitor.allows(asked)));
    return granted.every(Boolean);
  }

  async #serve(name: string, qualifier: string, { headers }: Visitor): Promise<CloudAnswer> {
    const alias = qualifier === '' ? null : await this.#look(`functions/${name}/aliases/${qualifier}`);
    const version = alias === null ? '$LATEST' : String(alias['FunctionVersion']);
    const found = await this.#look(`functions/${name}/configuration?Qualifier=${version}`);
    const whole = await this.#look(`functions/${name}`);
    const { ReservedConcurrentExecutions: reserved } = (whole?.['Concurrency'] ?? {}) as Record<
      string,
      number
    >;
    if (reserved === 0) return json(429, { Message: 'Rate Exceeded.' });
    const { Variables = {} } = (found?.['Environment'] ?? {}) as { Variables?: Record<string, string> };
    if (Variables['OG_BUCKET'] === undefined) return { status: 200, body: 'made by a script' };
    if (Variables['OG_AUTH'] === 'token' && headers['authorization'] !== `Bearer ${Variables['OG_TOKEN']}`)
      return json(401, { error: { code: 'unauthorized', message: 'The token is missing or wrong.' } });
    return json(200, {
      name: 'og-sync',
      version: '0.1.0',
      chromium: null,
      store: `s3://${Variables['OG_BUCKET']}/${Variables['OG_PREFIX']}`,
      templates: {},
      limits: { posts: 100, bodyBytes: 5_500_000 },
    });
  }
}

/** The statement that Lambda writes for an AddPermission. */
function statementOf(
  body: Record<string, string | boolean | undefined>,
  resource: string,
): Record<string, unknown> {
  const principal = String(body['Principal']);
  const service = principal.endsWith('.amazonaws.com');
  const { FunctionUrlAuthType: auth, InvokedViaFunctionUrl: via, SourceArn: source } = body;
  const Condition = {
    ...(auth === undefined ? {} : { StringEquals: { 'lambda:FunctionUrlAuthType': auth } }),
    ...(via === undefined ? {} : { Bool: { 'lambda:InvokedViaFunctionUrl': String(via) } }),
    ...(source === undefined ? {} : { ArnLike: { 'AWS:SourceArn': source } }),
  };
  return {
    Sid: body['StatementId'],
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : service ? { Service: principal } : { AWS: principal },
    Action: body['Action'],
    Resource: resource,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  };
}
