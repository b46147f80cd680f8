/** argv → command, signals, exit codes. The CLI's only place that reads the environment. */
import { FunctionError } from '../function/contract.ts';
import type { ErrorCode } from '../function/contract.ts';
import { VERSION } from '../function/package.ts';
import { shellColors } from './commands/shell.ts';
import type { Shell } from './commands/shell.ts';
import { CliError } from './errors.ts';
import { parseArgv } from './flags.ts';
import { emptyDocument } from './report/document.ts';
import { failureLines } from './report/failure.ts';
import { jsonOutput, noJson } from './report/json.ts';
import { lineWriter } from './report/wrap.ts';
import { readSettings } from './config/settings.ts';

const INTERRUPTED = 130;

/** Errors of the function family that mean: out of reach, or refused. The rest is wrong input. */
const UNREACHED: ReadonlySet<ErrorCode> = new Set([
  'store_unavailable',
  'store_refused',
  'browser_unavailable',
]);

function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof FunctionError) return UNREACHED.has(error.code) ? 3 : 2;
  return 1;
}

/** The first signal asks to stop, the second leaves at once. */
function listenForSignals(): { signal: AbortSignal; release: () => void } {
  const interrupt = new AbortController();
  const hear = (): void => {
    if (interrupt.signal.aborted) process.exit(INTERRUPTED);
    interrupt.abort();
  };
  process.on('SIGINT', hear);
  process.on('SIGTERM', hear);
  return {
    signal: interrupt.signal,
    release() {
      process.off('SIGINT', hear);
      process.off('SIGTERM', hear);
    },
  };
}

/** Node leaves the property out where there is no terminal. */
function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/** A reader that has seen enough ("| head") is no error. */
function forgiveClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Runs one command. Resolves to the exit code; everything a user may meet is told, nothing is thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  forgiveClosedPipe(stdout);
  forgiveClosedPipe(stderr);
  const request = parseArgv(argv);
  if ('exitCode' in request) {
    stdout.write(request.stdout);
    stderr.write(request.stderr);
    return request.exitCode;
  }
  const { flags, run } = request;
  const settings = readSettings(process.env, { stdout: isTerminal(stdout), stderr: isTerminal(stderr) });
  const { signal, release } = listenForSignals();
  const json = flags.json === true ? jsonOutput(stdout) : noJson;
  const shell: Shell = { flags, settings, cwd: process.cwd(), stdin, stdout, stderr, json, signal };
  try {
    return await run(shell);
  } catch (error) {
    shell.json.print(() => emptyDocument(VERSION), error);
    if (signal.aborted) return INTERRUPTED;
    const options = { colors: shellColors(shell, 'stderr'), verbose: flags.verbose === true };
    for (const line of failureLines(error, options)) lineWriter(stderr)(line);
    return exitCodeOf(error);
  } finally {
    release();
  }
}
