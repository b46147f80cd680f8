/** argv → command, signals, exit codes. The CLI's only place that reads the environment. */
import { VERSION } from '../function/package.ts';
import { shellColors } from './commands/shell.ts';
import type { VerbCall } from './commands/verb.ts';
import { createRedactor } from './config/secrets.ts';
import { readSettings } from './config/settings.ts';
import type { Settings } from './config/settings.ts';
import { CliError, INTERRUPTED, InterruptedError, exitCodeOf } from './errors.ts';
import { parseArgv } from './flags.ts';
import { createColors } from './report/colors.ts';
import { emptyDocument } from './report/document.ts';
import type { ReportDocument } from './report/document.ts';
import { failureLines } from './report/failure.ts';
import { jsonOutput, noJson } from './report/json.ts';
import { lineWriter } from './report/wrap.ts';
import { leave } from './process/leave.ts';
import { watchOutput } from './process/output.ts';

/** The first signal asks to stop; at the second, `leave` is called. */
function listenForSignals(leave: () => void): { signal: AbortSignal; release: () => void } {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) leave();
    else interrupt.abort(new InterruptedError());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: interrupt.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** Node leaves the property out where there is no terminal. */
function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new CliError(
      'usage',
      'The folder this was started in does not exist any more.',
      'Change into a folder that exists, and run it again.',
      { cause },
    );
  }
}

/** Runs one command. Resolves to the exit code; everything a user may meet is reported, nothing is thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr } = process;
  const output = watchOutput(stdout, stderr);
  const request = parseArgv(argv);
  if ('exitCode' in request) {
    stdout.write(request.stdout);
    stderr.write(request.stderr);
    return output.finish(request.exitCode);
  }
  return output.finish(await runCall(request));
}

/** The document of a run that ended before it began. */
function noImages(): ReportDocument {
  return emptyDocument(VERSION);
}

async function runCall({ flags, run }: VerbCall): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const redact = createRedactor(process.env);
  const json = flags.json === true ? jsonOutput(stdout, redact) : noJson;
  let settings: Settings | null = null;

  function fail(error: unknown): number {
    json.print(noImages, error);
    if (error instanceof InterruptedError) return INTERRUPTED;
    const verbose = flags.verbose === true;
    const colors = settings === null ? createColors(false) : shellColors({ flags, settings }, 'stderr');
    for (const line of failureLines(error, { colors, verbose, redact })) lineWriter(stderr)(line);
    return exitCodeOf(error);
  }

  const { signal, release } = listenForSignals(() => void leave(fail(new InterruptedError())));
  // What a library or a configuration throws where it cannot be caught.
  const stray = (error: unknown): void => process.exit(fail(error));
  process.on('uncaughtException', stray);
  try {
    const cwd = workingFolder();
    settings = readSettings(process.env, { stdout: isTerminal(stdout), stderr: isTerminal(stderr) });
    return await run({ settings, cwd, stdin, stdout, stderr, json, signal });
  } catch (error) {
    // Whatever breaks after Ctrl-C broke because of it.
    return fail(signal.aborted ? new InterruptedError() : error);
  } finally {
    process.off('uncaughtException', stray);
    release();
  }
}
