/**
 * Stand-ins for what runs a job: each takes the part of a file that its CI documents, refuses everything else, and runs the
 * lines of the job with the shell that the CI runs them with.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { DIST } from '../../function/testing/product.ts';
import type { Ended } from './process.ts';

/** What a job finds: the variables of its CI, and where it starts. */
export interface Job {
  cwd: string;
  env: Readonly<Record<string, string>>;
}

/** Runs a script as a file of its own. Nothing of this process's environment is in it but what finds programs and the cache. */
async function runScript(shell: readonly string[], script: string, { cwd, env }: Job): Promise<Ended> {
  const [command = '', ...options] = shell;
  const child = spawn(command, [...options, '-c', script], {
    cwd,
    env: {
      HOME: homedir(),
      CI: 'true',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

/**
 * Installs the built product into a folder as npm would, and an `npm` that only notes that it was called, in `npm.log`.
 * Returns a PATH on which the job finds them.
 */
export async function installInto(folder: string): Promise<string> {
  const bin = join(folder, 'node_modules/.bin');
  const tools = join(folder, '.tools');
  await Promise.all([mkdir(bin, { recursive: true }), mkdir(tools, { recursive: true })]);
  await writeScript(join(bin, 'og-sync'), `exec "${process.execPath}" "${join(DIST, 'og-sync.js')}" "$@"`);
  await writeScript(join(tools, 'npm'), `echo "npm $*" >>"${join(folder, 'npm.log')}"`);
  return [tools, process.env['PATH']].join(':');
}

/** An `npx` that notes its arguments, one a line, in `npx.log`. Returns a PATH on which the job finds it. */
export async function noteNpx(folder: string): Promise<string> {
  const tools = join(folder, '.tools');
  await mkdir(tools, { recursive: true });
  await writeScript(join(tools, 'npx'), `printf '<%s>\\n' "$@" >>"${join(folder, 'npx.log')}"`);
  return [tools, process.env['PATH']].join(':');
}

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

// GitHub: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax

const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        shell: z.literal('bash'),
        'working-directory': z.string().optional(),
        env: z.record(z.string(), z.string()).optional(),
        // An expression in a script is text of it: whoever sets the input writes the script.
        run: z.string().refine((run) => !run.includes('${{')),
      }),
    ),
  }),
});

/** Runs the action of this repository with these inputs, as `uses: … with: …` does. */
export async function runAction(inputs: Readonly<Record<string, string>>, job: Job): Promise<Ended> {
  const action = actionSchema.parse(load(await readFile(join(PACKAGE_ROOT, 'action.yml'), 'utf8')));
  for (const name of Object.keys(inputs))
    if (!(name in action.inputs)) throw new Error(`Unexpected input "${name}"`);
  const filled = (text: string): string =>
    text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => {
      const [, name = ''] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
      const input = action.inputs[name];
      if (input === undefined) throw new Error(`Unrecognized named-value: ${expression}`);
      return inputs[name] ?? input.default;
    });
  let ended: Ended = { code: 0, stdout: '', stderr: '' };
  for (const { env = {}, run, 'working-directory': folder = '.' } of action.runs.steps) {
    const variables = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
    const place = { cwd: join(job.cwd, filled(folder)), env: { ...job.env, ...variables } };
    ended = await runScript(['bash', '--noprofile', '--norc', '-eo', 'pipefail'], run, place);
    if (ended.code !== 0) break;
  }
  return ended;
}

// GitLab: https://docs.gitlab.com/ci/inputs/ and https://docs.gitlab.com/ci/yaml/

const inputsSchema = z.strictObject({
  spec: z.strictObject({
    inputs: z.record(
      z.string(),
      z.strictObject({
        description: z.string().optional(),
        default: z.string(),
        options: z.array(z.string()).optional(),
      }),
    ),
  }),
});
const jobSchema = z.strictObject({
  stage: z.string(),
  image: z.string(),
  variables: z.record(z.string(), z.string()),
  script: z.array(z.string()).min(1),
  artifacts: z.strictObject({
    when: z.enum(['on_success', 'on_failure', 'always']),
    reports: z.strictObject({ codequality: z.string() }),
  }),
});

/** Runs the job of a component with these inputs. Resolves to how it ended and its code quality report. */
export async function runComponent(
  path: string,
  inputs: Readonly<Record<string, string>>,
  job: Job,
): Promise<Ended & { jobs: string[]; codeQuality: unknown }> {
  const text = await readFile(join(PACKAGE_ROOT, path), 'utf8');
  const [header] = loadAll(text);
  const { spec } = inputsSchema.parse(header);
  for (const [name, value] of Object.entries(inputs)) {
    const options = spec.inputs[name]?.options;
    if (!(name in spec.inputs) || options?.includes(value) === false)
      throw new Error(`invalid input: ${name}`);
  }
  // Values are put into the text of the file, before it is parsed.
  const body = text.slice(text.indexOf('\n---\n') + 5);
  const filled = body.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const input = spec.inputs[name];
    if (input === undefined) throw new Error(`unknown input: ${name}`);
    return inputs[name] ?? input.default;
  });
  const jobs = z.record(z.string(), jobSchema).parse(load(filled));
  const [only] = Object.values(jobs);
  if (only === undefined) throw new Error('no job');
  const variables = Object.fromEntries(
    Object.entries(only.variables).map(([name, value]) => [
      name,
      value.replaceAll(/\$(\w+)/g, (_, other: string) => job.env[other] ?? ''),
    ]),
  );
  // The runner takes bash where an image has it, else sh: the lines must suit both.
  const script = `set -eo pipefail\n${only.script.join('\n')}`;
  const ended = await runScript(['bash', '--posix'], script, { ...job, env: { ...job.env, ...variables } });
  const report = await readFile(join(job.cwd, only.artifacts.reports.codequality), 'utf8').catch(
    () => 'null',
  );
  return { ...ended, jobs: Object.keys(jobs), codeQuality: JSON.parse(report) };
}

// Bitbucket: https://support.atlassian.com/bitbucket-cloud/docs/step-options/

const stepSchema = z.strictObject({
  name: z.string(),
  image: z.string(),
  script: z.array(z.string()).min(1),
});
const pipelinesSchema = z.strictObject({
  pipelines: z.strictObject({
    'pull-requests': z.record(z.string(), z.array(z.strictObject({ step: stepSchema }))),
  }),
});

/** Runs the first step of a pull request, line by line in one shell. */
export async function runStep(yaml: string, job: Job): Promise<Ended> {
  const { pipelines } = pipelinesSchema.parse(load(yaml));
  const [steps] = Object.values(pipelines['pull-requests']);
  const lines = steps?.[0]?.step.script ?? [];
  return runScript(['bash', '-e'], lines.join('\n'), job);
}
