/** States without AWS: what is wanted, and an account where exactly that is there. */
import { readInputs } from '../wanted/inputs.ts';
import { urlAuthOf, wantedState } from '../wanted/wanted.ts';
import { ENV } from './session.ts';
import type { Current, CurrentFunction } from '../current/current.ts';
import type { Env } from '../aws/oidc.ts';
import type { Facts, Wanted } from '../wanted/wanted.ts';

const ROLE = 'arn:aws:iam::123456789012:role/og-deployer';
export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const OLD_DIGEST = `sha256:${'b'.repeat(64)}`;

export const NOTHING: Current = { repository: null, logGroup: null, role: null, function: null };

export function wantedOf(env: Env = {}, facts: Partial<Facts> = {}): Wanted {
  const inputs = readInputs({ ...ENV, AWS_ROLE_ARN: ROLE, ...env }, null);
  const account = { id: '123456789012', partition: 'aws' };
  return wantedState(inputs, { account, digest: DIGEST, bucketKey: null, boundary: true, ...facts });
}

/** The account after a release of `wanted`, with some members of its function changed. */
export function accountWith(wanted: Wanted, change: Partial<CurrentFunction> = {}): Current {
  const version = {
    version: '7',
    codeSha: 'sha',
    architecture: wanted.architecture,
    settings: wanted.settings,
  };
  const old = (number: string) => ({
    version: number,
    codeSha: number,
    architecture: wanted.architecture,
    settings: wanted.settings,
  });
  return {
    repository: {
      scanOnPush: true,
      tags: { fixed: true, setting: 'IMMUTABLE' },
      policy: JSON.stringify(wanted.repository.policy),
      lifecycle: JSON.stringify(wanted.repository.lifecycle),
    },
    logGroup: { retention: wanted.retention },
    role: {
      trust: encodeURIComponent(JSON.stringify(wanted.role.trust)),
      boundaryArn: wanted.role.boundaryArn,
      policies: { 'og-sync': encodeURIComponent(JSON.stringify(wanted.role.policy)) },
      attached: [],
    },
    function: {
      packageType: 'Image',
      state: 'Active',
      stateReason: null,
      lastUpdate: 'Successful',
      lastUpdateReason: null,
      digest: wanted.image.digest,
      codeSha: 'sha',
      architecture: wanted.architecture,
      settings: wanted.settings,
      overridden: false,
      concurrency: null,
      versions: ['2', '3', '4', '5', '6'].map(old).concat(version),
      alias: { version: '7', weighted: false, state: 'Active', stateReason: null },
      url: {
        url: 'https://abc.lambda-url.eu-central-1.on.aws/',
        auth: urlAuthOf(wanted.access),
        cors: null,
        streaming: false,
      },
      permissions: [],
      otherDoors: [],
      ...change,
    },
  };
}
