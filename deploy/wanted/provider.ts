/** What each CI system calls itself, and whom its tokens speak for. Pure. */
import { DeployError } from '../error.ts';
import type { Env } from '../aws/oidc.ts';

export interface Identity {
  /** https://… */
  issuer: string;
  audience: string;
  /** Subjects of the production steps of the repository that deploys. */
  deployer: string[];
  /** Subjects of its pull requests. */
  pullRequest: string[];
  /** Subjects of the blog's builds. */
  caller: string[];
}

const UUID = /^\{?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

type Check = (name: string, pattern: RegExp, allowed: string, fallback?: string) => string;

/**
 * @throws DeployError `inputs` that names every variable that is missing or wrong, and what is allowed.
 */
export function identityOf(provider: string, env: Env): Identity {
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
  return identity;
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
  const blog = uuid('BLOG_REPO_UUID', "the blog's repository", repository);
  const step = '{????????-????-????-????-????????????}';
  return {
    issuer: `https://api.bitbucket.org/2.0/workspaces/${slug}/pipelines-config/identity/oidc`,
    audience: `ari:cloud:bitbucket::workspace/${workspace}`,
    deployer: [`{${repository}}:{${environment}}:${step}`],
    pullRequest: [`{${repository}}:${step}`],
    caller: [`{${blog}}:${step}`, `{${blog}}:{????????-????-????-????-????????????}:${step}`],
  };
}

const GITHUB_NAME = /^[\w.-]+\/[\w.-]+$/;

/** Repositories made since July 2026 have their ids in the subject; both forms are trusted when the ids are known. */
function github(env: Env, check: Check): Identity {
  const id = /^\d+$/;
  const names = (prefix: string, fallback?: string): string[] => {
    const name = check(`${prefix}_REPOSITORY`, GITHUB_NAME, 'OWNER/REPOSITORY', fallback);
    const [owner, repository] = name.split('/');
    if (!env[`${prefix}_REPOSITORY_OWNER_ID`] && !env[`${prefix}_REPOSITORY_ID`]) return [name];
    const ownerId = check(`${prefix}_REPOSITORY_OWNER_ID`, id, 'a number');
    const repositoryId = check(`${prefix}_REPOSITORY_ID`, id, 'a number');
    return [name, `${owner}@${ownerId}/${repository}@${repositoryId}`];
  };
  const own = names('GITHUB');
  const blog = env['BLOG_REPOSITORY'] ? names('BLOG') : own;
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
    pullRequest: own.map((name) => `repo:${name}:pull_request`),
    caller: blog.map((name) => `repo:${name}:ref:refs/heads/${branch}`),
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
  const blog = check('BLOG_PROJECT_PATH', path, 'GROUP/PROJECT', project);
  const branch = check('CI_DEFAULT_BRANCH', /^[\w./-]+$/, 'the protected branch that deploys', 'main');
  return {
    issuer: issuer.replace(/\/$/, ''),
    audience: 'sts.amazonaws.com',
    deployer: [`project_path:${project}:ref_type:branch:ref:${branch}`],
    pullRequest: [`project_path:${project}:ref_type:branch:ref:*`],
    caller: [`project_path:${blog}:ref_type:branch:ref:${branch}`],
  };
}
