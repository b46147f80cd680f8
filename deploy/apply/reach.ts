/** The proof that a release can be used: its URL answers a caller as it should, and nobody else. */
import { send } from '../aws/http.ts';
import { sign } from '../aws/sign.ts';
import { retry } from '../aws/retry.ts';
import { DeployError } from '../error.ts';
import { descriptionSchema } from '../../function/contract.ts';
import type { Aws } from '../aws/client.ts';
import type { RetryBounds } from '../aws/retry.ts';
import type { UrlAccess } from '../wanted/wanted.ts';

/** A new URL, a changed authorization and a new permission are known everywhere within seconds. */
const BOUNDS: RetryBounds = { base: 500, cap: 5000, total: 60_000 };
/** A cold start and a slow network. */
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 7_000_000;

/**
 * Asks for the description: signed, with the token or as it is, as a caller does; then without any proof, which must be
 * refused unless anybody may come in.
 * @throws DeployError `url_failed` with what the URL answered, after a minute.
 */
export async function proveUrl(aws: Aws, url: string, access: UrlAccess): Promise<void> {
  await retry(aws.clock, BOUNDS, isRefused, async () => {
    const { status, text } = await ask(aws, new URL(url), await headersOf(aws, new URL(url), access));
    if (status !== 200 || !describesItself(text))
      throw failed(url, `a caller ${SHOWING[access.auth]} got ${answered(status, text)}`);
  });
  if (access.auth === 'none') return;
  await retry(aws.clock, BOUNDS, isRefused, async () => {
    const { status, text } = await ask(aws, new URL(url), {});
    if (status !== 401 && status !== 403)
      throw failed(url, `a stranger, who shows nothing, got ${answered(status, text)}`);
  });
}

const SHOWING = {
  iam: 'who signs with the credentials of this release',
  token: 'who shows the token',
  none: 'who shows nothing',
};

const isRefused = (error: unknown): boolean => error instanceof DeployError && error.code === 'url_failed';

async function headersOf(aws: Aws, url: URL, access: UrlAccess): Promise<Record<string, string>> {
  if (access.auth === 'token') return { authorization: `Bearer ${access.token}` };
  if (access.auth === 'none') return {};
  const request = { method: 'GET', url, headers: {}, body: '' } as const;
  return sign(request, { region: aws.region, credentials: aws.credentials, now: aws.clock.now() });
}

async function ask(
  aws: Aws,
  url: URL,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await send({ url, method: 'GET', headers, agents: aws.agents, mostBytes: MOST_BYTES, signal });
  } catch (error) {
    return { status: 0, text: error instanceof Error ? error.message : String(error) };
  }
}

function describesItself(text: string): boolean {
  try {
    return descriptionSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function answered(status: number, text: string): string {
  const body = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return status === 0 ? `no answer (${body})` : `${status} ${body}`;
}

function failed(url: string, reason: string): DeployError {
  return new DeployError(
    'url_failed',
    `The Function URL ${url} is not as it should be: ${reason}.`,
    'With 403, the deployer role may lack lambda:InvokeFunctionUrl or lambda:InvokeFunction on the alias: run "og-deploy bootstrap --apply" again. Then run the same command again.',
  );
}
