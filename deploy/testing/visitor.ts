/** Visits a Function URL as those do who want something of it. */
import { sign } from '../aws/sign.ts';
import { credentialsFromEnvironment } from '../aws/credentials.ts';
import { deploy } from './session.ts';
import type { Env } from '../aws/oidc.ts';
import type { Cloud } from './cloud.ts';

/** The status that a stranger, the holder of a token, or a role that signs gets at a URL. */
export async function visit(
  cloud: Cloud,
  url: string,
  as: 'stranger' | { token: string } | Env,
): Promise<number> {
  const headers = await headersFor(cloud, url, as);
  return (await fetch(url, { headers })).status;
}

async function headersFor(cloud: Cloud, url: string, as: 'stranger' | { token: string } | Env) {
  if (as === 'stranger') return {};
  if ('token' in as && typeof as.token === 'string') return { authorization: `Bearer ${as.token}` };
  const credentials = credentialsFromEnvironment({ ...(as as Env), AWS_ENDPOINT_URL: cloud.url });
  const request = { method: 'GET', url: new URL(url), headers: {}, body: '' } as const;
  return sign(request, { region: 'eu-central-1', credentials, now: Date.now() });
}

/** What `status` says, as the owner sees it. */
export async function seen(
  cloud: Cloud,
): Promise<{ live: string; url: string; auth: string; otherUrls: string[] }> {
  const { out } = await deploy(cloud, ['status', '--json']);
  return JSON.parse(out) as Awaited<ReturnType<typeof seen>>;
}
