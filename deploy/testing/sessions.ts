/** Who calls: sessions of roles by their access key, signatures that are checked, and what the role's own policies allow. */
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { SignatureV4 } from '@smithy/signature-v4';
import { claimsOf } from '../aws/oidc.ts';
import { decide, decideWithin } from './policy-engine.ts';
import type { Asked, Decision } from './policy-engine.ts';

interface Session {
  role: string;
  secret: string;
}

interface Request {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** The owner of the account: not bound by any policy. */
const OWNER: [key: string, session: Session] = ['testing', { role: '', secret: 'testing' }];

export class Sessions {
  readonly #sessions = new Map<string, Session>([OWNER]);
  readonly #roles = new Map<string, Promise<{ policies: string[]; boundary: string | null }>>();
  readonly #iam: IAMClient;

  constructor(moto: string) {
    const [accessKeyId, { secret: secretAccessKey }] = OWNER;
    this.#iam = new IAMClient({
      region: 'eu-central-1',
      endpoint: moto,
      credentials: { accessKeyId, secretAccessKey },
    });
  }

  /** The role whose session signed a request; "" for the owner, null for nobody that is known. */
  roleOf(authorization: string | undefined): string | null {
    const key = /Credential=([^/]+)\//.exec(authorization ?? '')?.[1] ?? '';
    return this.#sessions.get(key)?.role ?? null;
  }

  /** Notes the session that STS has opened. */
  opened(role: string, answer: string): void {
    const of = (name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(answer)?.[1] ?? '';
    this.#sessions.set(of('AccessKeyId'), { role, secret: of('SecretAccessKey') });
  }

  /** Whether the role's trust policy takes the token: issuer, audience and subject. */
  async trusts(role: string, token: string): Promise<boolean> {
    const found = await this.#role(role);
    if (found === null) return false;
    const { issuer, audience, subject } = claimsOf(token);
    const host = issuer.replace('https://', '');
    const trust = decodeURIComponent(found.AssumeRolePolicyDocument ?? '');
    if (!trust.includes(`oidc-provider/${host}`)) return false;
    const context = { [`${host}:aud`]: audience, [`${host}:sub`]: subject };
    return decide([trust], { action: 'sts:AssumeRoleWithWebIdentity', resource: '', context }) === 'allowed';
  }

  /** Forgets what it knows of roles: one has changed. */
  changed(): void {
    this.#roles.clear();
  }

  /** What the role's policies say, within its boundary. */
  async decide(role: string, asked: Asked): Promise<Decision> {
    if (role === '') return 'allowed';
    const { policies, boundary } = await this.#rights(role);
    return decideWithin(policies, boundary, asked);
  }

  #rights(role: string): Promise<{ policies: string[]; boundary: string | null }> {
    const known = this.#roles.get(role) ?? this.#read(role);
    this.#roles.set(role, known);
    return known;
  }

  async #read(role: string): Promise<{ policies: string[]; boundary: string | null }> {
    const { PolicyNames = [] } = await this.#iam.send(new ListRolePoliciesCommand({ RoleName: role }));
    const policies = await Promise.all(
      PolicyNames.map(async (PolicyName) => {
        const found = await this.#iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }));
        return decodeURIComponent(found.PolicyDocument ?? '');
      }),
    );
    const boundary = await this.boundaryOf(role);
    return { policies, boundary: boundary === undefined ? null : await this.#document(boundary) };
  }

  async boundaryOf(role: string): Promise<string | undefined> {
    return (await this.#role(role))?.PermissionsBoundary?.PermissionsBoundaryArn;
  }

  async #role(role: string) {
    const found = await this.#iam.send(new GetRoleCommand({ RoleName: role })).catch(() => null);
    return found?.Role ?? null;
  }

  async #document(PolicyArn: string): Promise<string> {
    const { Policy } = await this.#iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId ?? '';
    const { PolicyVersion } = await this.#iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return decodeURIComponent(PolicyVersion?.Document ?? '');
  }

  /** Whether a request to a Function URL carries a signature that its sender could make. */
  async isSigned({ method, path, headers, body }: Request): Promise<boolean> {
    const { authorization = '', host = '' } = headers;
    const [, key = '', names = '', signature = ''] =
      /Credential=([^/]+)\/\d+\/eu-central-1\/lambda\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(
        authorization,
      ) ?? [];
    const session = this.#sessions.get(key);
    if (session === undefined) return false;
    const kept = names.split(';').map((name) => [name, headers[name] ?? ''] as const);
    const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-amz-date'] ?? '');
    if (date === null) return false;
    const signer = new SignatureV4({
      service: 'lambda',
      region: 'eu-central-1',
      credentials: { accessKeyId: key, secretAccessKey: session.secret },
      sha256: Sha256,
    });
    const again = await signer.sign(
      { method, protocol: 'http:', hostname: host, path, headers: Object.fromEntries(kept), body },
      {
        signingDate: new Date(`${date[1]}-${date[2]}-${date[3]}T${date[4]}:${date[5]}:${date[6]}Z`),
        unsignableHeaders: new Set(['authorization']),
      },
    );
    return again.headers['authorization']?.endsWith(`Signature=${signature}`) === true;
  }
}
