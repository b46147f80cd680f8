/** The CI: recognised or not, and whether it offers an identity for AWS. */
import { findToken } from '../../../../deploy/aws/oidc.ts';
import type { Environment } from '../../../config/settings.ts';
import { ciOf } from '../../../report/annotations/ci/registry.ts';
import { ok, warning } from '../check.ts';
import type { Check, Fact } from '../check.ts';
import { needsAws } from '../credentials.ts';

export const ci: Check = {
  name: 'ci',
  title: 'CI',
  timeoutMs: 30_000,
  async look({ settings, config }) {
    const aws = await config().then(needsAws, () => false);
    return ciFacts(settings.environment, aws);
  },
};

/** How a job gets an OIDC token, by the name of the CI. */
const TOKENS: Readonly<Record<string, string>> = {
  Bitbucket: 'Give the step "oidc: true".',
  GitHub: 'Give the job "permissions: id-token: write", and "contents: read" beside it.',
  GitLab: 'Give the job "id_tokens: GITLAB_OIDC_TOKEN: aud: …" (docs/deploy.md).',
};

/** `aws`: whether a run calls AWS. Pure. */
export function ciFacts(environment: Environment, aws: boolean): Fact[] {
  const here = ciOf(environment);
  if (here === null)
    return [
      ok(
        environment['CI'] && environment['CI'] !== 'false'
          ? 'CI is set, but it is none of Bitbucket, GitHub and GitLab: nothing is shown in a review.'
          : 'This is no job of a CI.',
      ),
    ];
  return [
    ok(`This is a job of ${here.name}: problems and warnings are shown in its review.`),
    tokenFact(here.name, environment, aws),
  ];
}

function tokenFact(name: string, environment: Environment, aws: boolean): Fact {
  const hasKeys = Boolean(environment['AWS_ACCESS_KEY_ID'] && environment['AWS_SECRET_ACCESS_KEY']);
  const hasRole = Boolean(environment['AWS_ROLE_ARN']);
  if (findToken(environment) !== null) {
    if (!aws || hasRole || hasKeys) return ok('The job has an OIDC token.');
    return warning(
      'The job has an OIDC token, but AWS_ROLE_ARN names no role to take with it.',
      'Set AWS_ROLE_ARN to the role that "og-deploy bootstrap" made for callers.',
    );
  }
  if (!aws) return ok('The job has no OIDC token, and needs none.');
  if (hasKeys)
    return warning(
      'The job has no OIDC token; it uses static keys of AWS, which anybody may use who gets hold of them.',
      TOKENS[name] ?? '',
    );
  return warning('The job has no OIDC token, and AWS is called.', TOKENS[name] ?? '');
}
