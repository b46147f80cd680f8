/** What all verbs share: configuration, a reporter that suits the place, and how a run ends. */
import { performance } from 'node:perf_hooks';
import type { Log } from '../../function/log.ts';
import { VERSION } from '../../function/package.ts';
import { createDispatch, openPictures, openStoreAt } from '../wiring.ts';
import { loadConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import { withBuiltSite } from '../config/built-site.ts';
import { applyOverrides } from '../config/overrides.ts';
import type { Overrides } from '../config/overrides.ts';
import type { SyncEvent } from '../events.ts';
import type { Parts, Run } from '../plan-run.ts';
import { createColors } from '../report/colors.ts';
import type { Colors } from '../report/colors.ts';
import { createRecorder } from '../report/document.ts';
import type { ReportDocument } from '../report/document.ts';
import type { JsonOutput } from '../report/json.ts';
import { plainReporter } from '../report/plain.ts';
import { troubleLines } from '../report/trouble.ts';
import { lineWriter } from '../report/wrap.ts';
import { quietReporter } from '../report/reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Settings } from '../config/settings.ts';
import type { CommonFlags } from './verb.ts';

/** Where a command runs: handed in by `main.ts`. */
export interface Shell<F extends CommonFlags = CommonFlags> {
  flags: F;
  settings: Settings;
  cwd: string;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  json: JsonOutput;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
}

/** One run of a verb. */
export interface Session {
  config: Config;
  dispatch: Dispatch;
  parts: Parts;
  run: Run;
  /** Of stderr. */
  colors: Colors;
  reporter: Reporter;
  /** The document so far. */
  document(): ReportDocument;
  /** The address of the store, once the plan is made. */
  store(): string | null;
  /** Prints a line of the result. */
  print(line: string): void;
  /** Ends what moves and prints what went wrong, in `most` lines where that is possible. Resolves to the document. */
  conclude(most?: number): ReportDocument;
}

/** The configuration: defaults < file < environment < flags. Throws `CliError`. */
export async function configure({ flags, settings, cwd }: Shell<CommonFlags & Overrides>): Promise<Config> {
  const { environment } = settings;
  const file = await loadConfig({ cwd, file: flags.config, environment });
  const config =
    settings.functionUrl === undefined ? file : applyOverrides(file, { function: settings.functionUrl }, cwd);
  const { content, store, manifest, concurrency, batch, auth, pages, inject, siteUrl, publicUrl } = flags;
  const overrides = { content, store, manifest, concurrency, batch, auth, pages, inject, siteUrl, publicUrl };
  return withBuiltSite(applyOverrides(config, { ...overrides, function: flags.function }, cwd));
}

/** Colours for a stream, as far as it and the user take them. */
export function shellColors({ flags, settings }: Shell, stream: 'stdout' | 'stderr'): Colors {
  return createColors(settings.color[stream] && flags.color !== false);
}

async function createReporter(shell: Shell, colors: Colors): Promise<Reporter> {
  const { flags, settings, stderr } = shell;
  const verbose = flags.verbose === true;
  if (flags.quiet === true) return quietReporter(stderr);
  if (settings.ci) return plainReporter({ output: stderr, verbose });
  const { terminalReporter } = await import('../report/terminal.ts');
  return terminalReporter({ stream: stderr, colors, verbose, clock: () => performance.now() });
}

/** The function's log of a run in this process: told only to who asks for it. */
function functionLog(reporter: Reporter, verbose: boolean): Log {
  return (_level, record) => {
    if (verbose) reporter.say(JSON.stringify(record));
  };
}

/**
 * Puts a session together, runs `work` with it and takes it apart again, whatever happens. Interruption is told once.
 */
export async function withSession<T>(
  shell: Shell<CommonFlags & Overrides>,
  options: { dryRun: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const { signal } = shell;
  const config = await configure(shell);
  const colors = shellColors(shell, 'stderr');
  const reporter = await createReporter(shell, colors);
  const recorder = createRecorder({
    version: VERSION,
    startedAt,
    publicUrl: config.publicUrl,
    dryRun: options.dryRun,
  });
  const told = (): void =>
    reporter.say(colors.yellow('Finishing what is in flight … (once more: leave at once)'));
  signal.addEventListener('abort', told, { once: true });
  const warn = lineWriter(shell.stderr);
  const document = (): ReportDocument => recorder.document(performance.now());
  let dispatch: Dispatch | null = null;
  let store: string | null = null;
  const emit = (event: SyncEvent): void => {
    if (event.type === 'planned') ({ store } = event);
    recorder.on(event);
    reporter.on(event);
  };
  try {
    const log = functionLog(reporter, shell.flags.verbose === true);
    dispatch = await createDispatch(config, shell.settings, { log, emit, signal });
    const result = await work({
      config,
      dispatch,
      parts: {
        config,
        dispatch,
        pictures: openPictures(config, shell.settings, signal),
        openStore: (address) => openStoreAt(address, shell.settings, { emit, signal }),
      },
      run: { emit, signal, clock: Date.now },
      colors,
      reporter,
      store: () => store,
      document,
      print: lineWriter(shell.stdout),
      conclude(most = Infinity) {
        reporter.stop();
        const options = { colors, verbose: shell.flags.verbose === true, most };
        const concluded = document();
        for (const line of troubleLines(concluded, options)) warn(line);
        return concluded;
      },
    });
    shell.json.print(document);
    return result;
  } catch (error) {
    // What was made before it went wrong belongs into the document.
    shell.json.print(document, error);
    throw error;
  } finally {
    signal.removeEventListener('abort', told);
    reporter.stop();
    await dispatch?.close();
  }
}
