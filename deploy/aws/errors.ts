/** Errors of the AWS SDK as a person should read them, and the few that a step handles by itself. */
import { DeployError } from '../error.ts';
import { kindOf } from './error-kinds.ts';

/** "Already there": an earlier attempt did it and its answer was lost. */
export function alreadyExists(error: unknown): boolean {
  return (
    error instanceof Error && (/already ?exist/i.test(error.name) || /already exist/i.test(error.message))
  );
}

/** A role made a moment ago is not known everywhere yet. Lambda says so in these words. */
export function roleNotReady(error: unknown): boolean {
  return error instanceof Error && /cannot be assumed by Lambda/i.test(error.message);
}

/** So is a repository policy made a moment ago. */
export function imageNotReadable(error: unknown): boolean {
  return error instanceof Error && /permission to access the ECR image/i.test(error.message);
}

/** The error as a person should read it: which action, on what, and what to do. */
export function explain(error: unknown, action: string, resource: string): DeployError {
  if (error instanceof DeployError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  switch (kindOf(error)) {
    case 'forbidden': {
      // The refused action may be another than the one called: iam:PassRole hides behind lambda:CreateFunction.
      const missing = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(text)?.[1] ?? action;
      return new DeployError(
        'forbidden',
        `AWS refused ${missing} on ${resource}: ${text}`,
        `Allow ${missing} in the policy of the role that deploys; "og-deploy bootstrap" prints the whole policy.`,
        { cause: error, details: { action: missing, resource } },
      );
    }
    case 'credentials':
      return new DeployError(
        'credentials',
        `AWS did not accept the credentials for ${action}: ${text}`,
        error instanceof Error && error.name === 'RequestTimeTooSkewed'
          ? "Set this machine's clock."
          : 'Log in again. In a pipeline, run the step again: its identity token has a limited life.',
        { cause: error },
      );
    case 'throttled':
      return new DeployError(
        'throttled',
        `AWS throttled ${action} on ${resource} until we gave up: ${text}`,
        'Run the same command again later: it goes on where this run stopped.',
        { cause: error },
      );
    case 'transient':
      return new DeployError(
        'unreachable',
        `AWS could not be reached for ${action} on ${resource}: ${text}`,
        'Look at the network and at AWS_REGION, then run the same command again: it goes on where this run stopped.',
        { cause: error },
      );
    case 'conflict':
      return new DeployError(
        'conflict',
        `Another change of ${resource} was in the way of ${action}: ${text}`,
        'See that no other deployment is running, then run the same command again.',
        { cause: error },
      );
    default:
      return new DeployError(
        'aws',
        `${action} on ${resource} failed: ${text}`,
        'docs/deploy.md lists what such messages mean, under "If it is broken".',
        { cause: error },
      );
  }
}
