/** The pipelines of this repository and of the examples: what is in them, and a folder to run their lines in. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { DIST } from '../../function/testing/product.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const stepSchema = z.strictObject({
  name: z.string(),
  size: z.enum(['1x', '2x', '4x']).optional(),
  deployment: z.enum(['test', 'staging', 'production']).optional(),
  oidc: z.boolean().optional(),
  services: z.array(z.string()).optional(),
  caches: z.array(z.string()).optional(),
  script: z.array(z.string()).min(1),
});
const itemSchema = z.union([
  z.strictObject({ step: stepSchema }),
  z.strictObject({
    variables: z.array(z.strictObject({ name: z.string(), default: z.string(), description: z.string() })),
  }),
]);
const pipelineSchema = z.array(itemSchema).min(1);

/** What of Bitbucket's schema these files use; anything else is a slip. */
export const bitbucketSchema = z.strictObject({
  image: z.string(),
  clone: z.strictObject({ depth: z.int() }).optional(),
  definitions: z.strictObject({
    services: z.record(z.string(), z.strictObject({ memory: z.int().min(128).max(7128) })).optional(),
    caches: z.record(
      z.string(),
      z.strictObject({ key: z.strictObject({ files: z.array(z.string()) }), path: z.string() }),
    ),
    steps: z.array(z.unknown()).optional(),
  }),
  pipelines: z.strictObject({
    default: pipelineSchema.optional(),
    branches: z.record(z.string(), pipelineSchema),
    'pull-requests': z.record(z.string(), pipelineSchema),
    custom: z.record(z.string(), pipelineSchema).optional(),
  }),
});

export type BitbucketStep = z.infer<typeof stepSchema>;

const run = z.looseObject({ run: z.string().optional(), uses: z.string().optional() });
export const githubSchema = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      'runs-on': z.string(),
      environment: z.string().optional(),
      permissions: z.record(z.string(), z.string()).optional(),
      steps: z.array(run),
    }),
  ),
});

export const gitlabJobSchema = z.looseObject({
  script: z.array(z.string()),
  environment: z.string().optional(),
  id_tokens: z.record(z.string(), z.object({ aud: z.string() })).optional(),
});

/** A pipeline of this repository, by its path. */
export async function readPipeline(path: string): Promise<unknown> {
  return load(await readFile(join(ROOT, path), 'utf8'));
}

export function stepsOf(pipeline: z.infer<typeof pipelineSchema> | undefined): BitbucketStep[] {
  return (pipeline ?? []).flatMap((item) => ('step' in item ? [item.step] : []));
}

interface Line {
  code: number;
  output: string;
}

export interface Workshop {
  /** Runs one line as a CI system would: its own bash, stopping at the first error. */
  line(text: string, env: Record<string, string>): Promise<Line>;
  /** What the stand-ins were called with, what they read and what was in their environment. */
  calls(): Promise<string>;
  remove(): Promise<void>;
}

/** Notes its call. docker refuses what Bitbucket's default runtime refuses, and also notes its input, its environment and every process there is, and pushes into the cloud. */
const STAND_IN = `#!/bin/bash
{ echo "CALL $(basename "$0") $*"; } >>"$WORKSHOP/calls"
if [ "$(basename "$0") $1" = "npx og-deploy" ]; then shift; exec node "$WORKSHOP/dist/og-deploy.js" "$@"; fi
if [ "$(basename "$0")" != docker ]; then exit 0; fi
case " $* " in *" --platform "*) echo "the --platform option is disabled in Pipelines"; exit 1;; esac
if [ "$1" = version ]; then echo linux/amd64; exit 0; fi
{ echo "INPUT $(cat)"; env | sed 's/^/ENV /'; tr '\\0' ' ' </proc/$PPID/cmdline; echo; } >>"$WORKSHOP/calls"
if [ "$1" = push ]; then exec node "$WORKSHOP/push.mjs" "$2"; fi
`;

const PUSH = `
const [name, tag] = process.argv[2].slice(process.argv[2].indexOf('/') + 1).split(':');
const { createHash } = await import('node:crypto');
const digest = 'sha256:' + createHash('sha256').update(tag).digest('hex');
const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json', config: { size: 1 }, layers: [{ digest }] });
const response = await fetch(process.env.AWS_ENDPOINT_URL, {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.PutImage',
    authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/eu-central-1/ecr/aws4_request, SignedHeaders=host, Signature=0',
  },
  body: JSON.stringify({ repositoryName: name, imageTag: tag, imageManifest }),
});
if (!response.ok) { console.error(await response.text()); process.exit(1); }
`;

/** A folder with the built product and stand-ins for what a pipeline calls besides it. */
export async function makeWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'og-pipeline-'));
  const tools = join(folder, 'tools');
  await mkdir(tools);
  await mkdir(join(folder, '.ci'));
  for (const path of ['tools/npm', 'tools/npx', 'tools/apt-get', 'tools/pip3', 'tools/docker', '.ci/run']) {
    await writeFile(join(folder, path), STAND_IN);
    await chmod(join(folder, path), 0o755);
  }
  await writeFile(join(folder, 'push.mjs'), PUSH);
  await writeFile(join(folder, 'calls'), '');
  await symlink(DIST, join(folder, 'dist'));
  const path = [tools, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  return {
    line: (text, env) =>
      new Promise((resolve) => {
        const child = execFile(
          'bash',
          ['--norc', '-euo', 'pipefail', '-c', text],
          { cwd: folder, env: { PATH: path, HOME: folder, WORKSHOP: folder, ...env } },
          (_, stdout, stderr) => resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
        );
        child.stdin?.end();
      }),
    calls: () => readFile(join(folder, 'calls'), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
