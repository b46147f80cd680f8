/** AWS's own runtime interface client, built once from its npm package: it runs the handler as Lambda would. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './product.ts';

const run = promisify(execFile);
const FOLDER = join(import.meta.dirname, 'ric');
const RIC = join(FOLDER, 'node_modules', 'aws-lambda-ric');

/** Whether the client is there, with its native part. */
export function isRicBuilt(): boolean {
  return existsSync(join(RIC, 'rapid-client.node'));
}

/**
 * Installs the client and compiles its native part (a minute; needs cmake and a C++ compiler). It is no dependency of the package itself: on Linux its install script compiles, and nobody who only uses or builds og-sync
 * should need a compiler.
 */
export async function buildRic(): Promise<void> {
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER });
  for (const script of ['preinstall.sh', 'postinstall.sh'])
    await run(join(RIC, 'scripts', script), { cwd: RIC, maxBuffer: 64 * 1024 * 1024 });
}

export interface Ric {
  /** Everything the process has written so far. */
  output(): string;
  /** Rejects with the process's output when it ends by itself. */
  died: Promise<never>;
  stop(): Promise<void>;
}

/** Runs the built `dist/handler.js` under the client. */
export function startRic(runtimeApi: string, env: Record<string, string>): Ric {
  let output = '';
  const child = spawn(process.execPath, [join(RIC, 'index.mjs')], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      _HANDLER: 'dist/handler.handler',
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      AWS_LAMBDA_FUNCTION_NAME: 'og',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '2048',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/og',
      AWS_LAMBDA_LOG_STREAM_NAME: 'test',
      LAMBDA_TASK_ROOT: ROOT,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const exited = once(child, 'exit');
  const died = exited.then(() => {
    throw new Error(`The runtime interface client ended:\n${output}`);
  });
  // Watched only while something is awaited from the process; after that, its end is no error.
  died.catch(() => {});
  return {
    output: () => output,
    died,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
