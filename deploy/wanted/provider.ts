/** What each CI system calls itself, and whom its tokens speak for. Pure. */
import { DeployError } from '../error.ts';
import type { Env } from '../aws/oidc.ts';

export interface Identity {
  /** https://… */
  issuer: string;
  audience: string;
  /** Subjects of the production steps of the repository that deploys. */
  deployer: string[];
  /** Subjects of its steps that only read: any branch. */
  plan: string[];
  /** Subjects of its pull requests. */
  pullRequest: string[];
  /** Subjects of the blog's builds, on one branch or in one environment. */
  caller: string[];
  /** What keeps other branches from deploying, and as far as that holds. */
  holds: string;
}

/** What keeps other branches out of production on Bitbucket, where the name of an environment alone does not. */
export const GUARDS = {
  'deployment-permissions':
    'Other branches are kept out of production by the deployment permissions of the environment (Bitbucket Premium). og-deploy cannot see them: check that the environment takes deployments from your production branch alone.',
  'own-repository':
    'Whoever can push to any branch of this repository can deploy, since on Bitbucket every branch can name the production environment. Give the right to push only to those who may deploy, and keep everything else in another repository.',
} as const;

type Guard = keyof typeof GUARDS;

/** @throws DeployError `usage` for anything but one of the guards. */
function guardOf(text: string | undefined): Guard {
  const found = Object.keys(GUARDS).find((guard): guard is Guard => guard === text);
  if (found !== undefined) return found;
  throw new DeployError(
    'usage',
    text === undefined || text === ''
      ? 'On Bitbucket every branch can name the production environment in its own pipeline file. What keeps other branches from deploying here?'
      : `--guard is ${JSON.stringify(text)}.`,
    'Answer with --guard deployment-permissions (Bitbucket Premium, and the environment is restricted to the production branch) or --guard own-repository (everybody who can push to this repository may deploy).',
  );
}

const UUID = /^\{?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

type Check = (name: string, pattern: RegExp, allowed: string, fallback?: string) => string;

/**
 * @throws DeployError `inputs` that names every variable that is missing or wrong, and what is allowed.
 */
export function identityOf(provider: string, env: Env, guard?: string): Identity {
  const problems: string[] = [];
  const check: Check = (name, pattern, allowed, fallback) => {
    const value = env[name] || fallback;
    if (value === undefined) problems.push(`${name} is not set; it must be ${allowed}.`);
    else if (!pattern.test(value))
      problems.push(`${name} is ${JSON.stringify(value)}; it must be ${allowed}.`);
    return value ?? '';
  };
  const identity = identify(provider, env, check);
  if (problems.length > 0)
    throw new DeployError('inputs', problems.join('\n'), 'docs/deploy.md says where to find each of them.');
  return provider === 'bitbucket' ? { ...identity, holds: GUARDS[guardOf(guard)] } : identity;
}

function identify(provider: string, env: Env, check: Check): Identity {
  switch (provider) {
    case 'bitbucket':
      return bitbucket(env, check);
    case 'github':
      return github(env, check);
    case 'gitlab':
      return gitlab(check);
    default:
      throw new DeployError(
        'usage',
        `--provider is ${JSON.stringify(provider)}.`,
        'Allowed: bitbucket, github, gitlab.',
      );
  }
}

/** Subjects are `{REPO}:{STEP}`, and `{REPO}:{ENVIRONMENT}:{STEP}` in a step with a deployment. */
function bitbucket(env: Env, check: Check): Identity {
  const uuid = (name: string, what: string, fallback?: string): string =>
    (UUID.exec(check(name, UUID, `the UUID of ${what}`, fallback))?.[1] ?? '').toLowerCase();
  const slug = check(
    'BITBUCKET_WORKSPACE',
    /^[a-zA-Z0-9_-]+$/,
    'the slug of the workspace, as in bitbucket.org/SLUG',
  );
  // Pipelines know it under another name.
  const workspace = uuid('BITBUCKET_WORKSPACE_UUID', 'the workspace', env['BITBUCKET_REPO_OWNER_UUID']);
  const repository = uuid('BITBUCKET_REPO_UUID', 'the repository');
  const environment = uuid('BITBUCKET_DEPLOYMENT_ENVIRONMENT_UUID', 'the production environment');
  const blog = uuid('BLOG_REPO_UUID', "the blog's repository");
  const blogEnvironment = uuid(
    'BLOG_DEPLOYMENT_ENVIRONMENT_UUID',
    "the environment in which the blog's images are made",
  );
  const step = '{????????-????-????-????-????????????}';
  return {
    issuer: `https://api.bitbucket.org/2.0/workspaces/${slug}/pipelines-config/identity/oidc`,
    audience: `ari:cloud:bitbucket::workspace/${workspace}`,
    deployer: [`{${repository}}:{${environment}}:${step}`],
    plan: [`{${repository}}:${step}`],
    pullRequest: [`{${repository}}:${step}`],
    caller: [`{${blog}}:{${blogEnvironment}}:${step}`],
    holds: '',
  };
}

const GITHUB_NAME = /^[\w.-]+\/[\w.-]+$/;

/** Repositories made since July 2026 have their ids in the subject; both forms are trusted when the ids are known. */
function github(env: Env, check: Check): Identity {
  const id = /^\d+$/;
  const names = (prefix: string): string[] => {
    const name = check(`${prefix}_REPOSITORY`, GITHUB_NAME, 'OWNER/REPOSITORY');
    const [owner, repository] = name.split('/');
    if (!env[`${prefix}_REPOSITORY_OWNER_ID`] && !env[`${prefix}_REPOSITORY_ID`]) return [name];
    const ownerId = check(`${prefix}_REPOSITORY_OWNER_ID`, id, 'a number');
    const repositoryId = check(`${prefix}_REPOSITORY_ID`, id, 'a number');
    return [name, `${owner}@${ownerId}/${repository}@${repositoryId}`];
  };
  const own = names('GITHUB');
  const blog = names('BLOG');
  const environment = check(
    'PRODUCTION_ENVIRONMENT',
    /^[\w-]+$/,
    'the name of the environment',
    'production',
  );
  const branch = check('BLOG_BRANCH', /^[\w./-]+$/, 'the branch that builds the blog', 'main');
  return {
    issuer: 'https://token.actions.githubusercontent.com',
    audience: 'sts.amazonaws.com',
    deployer: own.map((name) => `repo:${name}:environment:${environment}`),
    plan: own.map((name) => `repo:${name}:ref:refs/heads/*`),
    pullRequest: own.map((name) => `repo:${name}:pull_request`),
    caller: blog.map((name) => `repo:${name}:ref:refs/heads/${branch}`),
    holds: `Other branches are kept out of production by the environment ${environment} alone: restrict it to your production branch (Settings, Environments, Deployment branches).`,
  };
}

/** A token of GitLab names the branch; a protected branch is what makes production safe. */
function gitlab(check: Check): Identity {
  const path = /^[\w.-]+(\/[\w.-]+)+$/;
  const issuer = check(
    'CI_SERVER_URL',
    /^https:\/\/[\w.:/-]+$/,
    'the address of the instance',
    'https://gitlab.com',
  );
  const project = check('CI_PROJECT_PATH', path, 'GROUP/PROJECT');
  const blog = check('BLOG_PROJECT_PATH', path, 'GROUP/PROJECT');
  const branch = check('CI_DEFAULT_BRANCH', /^[\w./-]+$/, 'the protected branch that deploys', 'main');
  const blogBranch = check('BLOG_BRANCH', /^[\w./-]+$/, 'the branch that builds the blog', branch);
  return {
    issuer: issuer.replace(/\/$/, ''),
    audience: 'sts.amazonaws.com',
    deployer: [`project_path:${project}:ref_type:branch:ref:${branch}`],
    plan: [`project_path:${project}:ref_type:branch:ref:*`],
    pullRequest: [`project_path:${project}:ref_type:branch:ref:*`],
    caller: [`project_path:${blog}:ref_type:branch:ref:${blogBranch}`],
    holds: `Whoever can push to the branch ${branch} of ${project} can deploy: protect it.`,
  };
}
