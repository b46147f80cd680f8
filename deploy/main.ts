/** Composition root: environment, signals, streams. */
import { createInterface } from 'node:readline/promises';
import { createDocker } from './apply/docker.ts';
import { currentCommit } from './git.ts';
import { realClock } from './aws/retry.ts';
import { run } from './cli.ts';

/** argv → exit code. A first Ctrl-C ends the run at the next safe place, a second one at once. */
export async function main(argv: readonly string[]): Promise<number> {
  const { env } = process;
  const folder = process.cwd();
  const interruption = new AbortController();
  const stop = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await run(argv, {
      env,
      clock: realClock(interruption.signal),
      signal: interruption.signal,
      docker: createDocker(env, folder, interruption.signal),
      commit: () => currentCommit(folder),
      ask: process.stdin.isTTY ? ask : null,
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
