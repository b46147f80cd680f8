/** The docker command line, run with an environment that holds no secret of ours. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { DeployError } from '../error.ts';
import type { Env } from '../aws/oidc.ts';

interface BuildOptions {
  reference: string;
  /** linux/amd64 or linux/arm64 */
  platform: string;
  commit: string;
  /** Folder in the build context. */
  templates: string;
}

export interface Docker {
  /** The password goes through standard input: it is in no process list. */
  login(registry: string, password: string): Promise<void>;
  logout(registry: string): Promise<void>;
  build(options: BuildOptions): Promise<void>;
  push(reference: string): Promise<void>;
}

/** What neither docker nor a build step of an image needs to see. */
const SECRET =
  /^(BITBUCKET_STEP_OIDC_TOKEN|ACTIONS_ID_TOKEN_REQUEST_TOKEN|GITLAB_OIDC_TOKEN|OG_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_ACCESS_KEY_ID)$/;

/** Runs in `folder`, where the Dockerfile is. What docker says goes to standard error. */
export function createDocker(env: Env, folder: string, signal: AbortSignal): Docker {
  const clean: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name))),
    // With an attestation the push makes an index of images, and Lambda refuses an index.
    BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
  };
  const run = (verb: string, args: string[], input?: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn('docker', [verb, ...args], {
        cwd: folder,
        env: clean,
        signal,
        stdio: ['pipe', process.stderr, process.stderr],
      });
      child.on('error', (cause) => reject(unable(verb, cause)));
      child.on('close', (code) => (code === 0 ? resolve() : reject(failed(verb, code))));
      // A docker that ends before it reads all of its input has already said why.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  /** The daemon's own platform, "linux/amd64"; empty where docker does not say. */
  const ownPlatform = async (): Promise<string> => {
    const args = ['version', '--format', '{{.Server.Os}}/{{.Server.Arch}}'];
    return await promisify(execFile)('docker', args, { cwd: folder, env: clean, signal }).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  };
  return {
    login: (registry, password) =>
      run('login', ['--username', 'AWS', '--password-stdin', registry], password),
    logout: (registry) => run('logout', [registry]),
    build: async ({ reference, platform, commit, templates }) =>
      await run('build', [
        // Bitbucket's default runtime refuses the flag. It says nothing new where the daemon builds for that platform anyway.
        ...((await ownPlatform()) === platform ? [] : ['--platform', platform]),
        '--build-arg',
        `COMMIT=${commit}`,
        '--build-arg',
        `TEMPLATES=${templates}`,
        '--tag',
        reference,
        '.',
      ]),
    push: (reference) => run('push', [reference]),
  };
}

function unable(verb: string, cause: Error): DeployError {
  if (cause.name === 'AbortError')
    return new DeployError('interrupted', 'Interrupted.', 'Run the same command again.', { cause });
  return new DeployError(
    'docker',
    `docker ${verb} could not be started: ${cause.message}`,
    'Install Docker. In Bitbucket Pipelines, add "docker" to the services of the step.',
    { cause },
  );
}

function failed(verb: string, code: number | null): DeployError {
  return new DeployError(
    'docker',
    `docker ${verb} ended with ${code === null ? 'a signal' : `exit code ${code}`}.`,
    verb === 'build'
      ? 'What it printed above says why. It must run in the folder that holds the Dockerfile; exit code 137 means too little memory: give the docker service 3 GB.'
      : 'What it printed above says why.',
  );
}
