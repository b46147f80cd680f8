/** Steps of pipelines: environments with the token that Bitbucket would give them. */
import { BITBUCKET } from './session.ts';
import type { Env } from '../aws/oidc.ts';

const STEP = '{99999999-9999-4999-8999-999999999999}';
const ISSUER = `https://api.bitbucket.org/2.0/workspaces/${BITBUCKET.BITBUCKET_WORKSPACE}/pipelines-config/identity/oidc`;

/** A step with this subject that asks for a role of the function "og". */
function stepOf(role: string, subject: string): Env {
  const claims = {
    iss: ISSUER,
    aud: `ari:cloud:bitbucket::workspace/${BITBUCKET.BITBUCKET_WORKSPACE_UUID.replaceAll(/[{}]/g, '')}`,
    sub: subject,
    exp: 2_000_000_000,
  };
  return {
    AWS_ROLE_ARN: `arn:aws:iam::123456789012:role/og-${role}`,
    BITBUCKET_STEP_OIDC_TOKEN: `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`,
    BITBUCKET_BUILD_NUMBER: '1',
  };
}

const { BITBUCKET_REPO_UUID: OWN, BITBUCKET_DEPLOYMENT_ENVIRONMENT_UUID: PRODUCTION } = BITBUCKET;
const { BLOG_REPO_UUID: BLOG, BLOG_DEPLOYMENT_ENVIRONMENT_UUID: BLOG_PRODUCTION } = BITBUCKET;

/** A step in the production environment, of any branch: Bitbucket makes no difference between them. */
export const production = (role = 'deployer'): Env => stepOf(role, `${OWN}:${PRODUCTION}:${STEP}`);
/** A step without an environment: of a pull request, or of any branch. */
export const anyBranch = (role: string): Env => stepOf(role, `${OWN}:${STEP}`);
export const blog = (): Env => stepOf('caller', `${BLOG}:${BLOG_PRODUCTION}:${STEP}`);
export const blogBranch = (): Env => stepOf('caller', `${BLOG}:${STEP}`);
