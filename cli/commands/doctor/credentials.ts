/** Where AWS credentials come from, as far as the environment shows; never what they are. */
import { findToken } from '../../../deploy/aws/oidc.ts';
import type { Config } from '../../config/config.ts';
import type { Environment } from '../../config/settings.ts';

/** Completes "the credentials are …". Pure. Follows `credentialsFromEnvironment`. */
export function credentialSource(environment: Environment): string {
  const role = environment['AWS_ROLE_ARN'];
  const token = findToken(environment);
  if (role && token !== null) return `those of ${role}, by the OIDC token of this step`;
  if (environment['AWS_ACCESS_KEY_ID'] && environment['AWS_SECRET_ACCESS_KEY'])
    return 'the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  const profile = environment['AWS_PROFILE'];
  if (profile) return `those of the profile ${profile}`;
  return 'those that the AWS SDK finds: default profile, web identity, container or instance';
}

/** Whether a run calls AWS. */
export function needsAws({ function: url, auth, store }: Config): boolean {
  return (url !== null && auth === 'iam') || (store?.startsWith('s3://') ?? false);
}
