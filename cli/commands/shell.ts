/** What all verbs share: configuration, a reporter that suits the place, and how a run ends. */
import { performance } from 'node:perf_hooks';
import { encodeLine } from '../../function/log.ts';
import type { Log } from '../../function/log.ts';
import { VERSION } from '../../function/package.ts';
import { openParts } from '../wiring.ts';
import { loadConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import { siteUrlOf, withBuiltSite } from '../config/built-site.ts';
import { applyOverrides } from '../config/overrides.ts';
import type { Overrides } from '../config/overrides.ts';
import type { SyncEvent } from '../events.ts';
import { untilAborted } from '../tasks/until-aborted.ts';
import type { Parts, Run } from '../plan-run.ts';
import { createColors } from '../report/colors.ts';
import type { Colors } from '../report/colors.ts';
import { createRecorder } from '../report/document.ts';
import type { ReportDocument } from '../report/document.ts';
import { withoutCommands } from '../report/format.ts';
import type { JsonOutput } from '../report/json.ts';
import { createLinks } from '../report/links.ts';
import type { Link } from '../report/links.ts';
import { plainReporter } from '../report/plain.ts';
import { troubleLines } from '../report/trouble.ts';
import { lineWriter } from '../report/wrap.ts';
import { quietReporter } from '../report/reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Settings } from '../config/settings.ts';
import type { AnnotationFlags, CommonFlags } from './verb.ts';

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

/**
 * The configuration: defaults < file < environment < flags. Rejects with the signal's reason at Ctrl-C, also while the
 * file, which is a program, does something else. Another `version` reads the file again. Throws `CliError`.
 */
export async function configure(shell: Shell<CommonFlags & Overrides>, version?: number): Promise<Config> {
  return withBuiltSite(await configured(shell, version));
}

/** The same, without what follows from a built site. */
export async function configured(shell: Shell<CommonFlags & Overrides>, version?: number): Promise<Config> {
  const { flags, settings, cwd } = shell;
  const file = await loadFile(shell, version);
  const { content, preset, store, manifest, concurrency, batch, auth, pages, inject, siteUrl, publicUrl } =
    flags;
  const overrides = {
    content,
    preset,
    store,
    manifest,
    concurrency,
    batch,
    auth,
    pages,
    inject,
    siteUrl,
    publicUrl,
  };
  const { functionUrl } = settings;
  return applyOverrides(file, { ...overrides, function: flags.function }, { cwd, functionUrl });
}

/** The configuration of a function of its own, which calls no other and writes no tags. */
export async function configureServer(shell: Shell<CommonFlags & { store?: string }>): Promise<Config> {
  const { flags, cwd } = shell;
  const file = await loadFile(shell);
  const own: Config = { ...file, function: null, inject: false };
  return withBuiltSite(applyOverrides(own, { store: flags.store }, { cwd }));
}

function loadFile({ flags, cwd, signal, settings }: Shell, version?: number): Promise<Config> {
  const { environment } = settings;
  return untilAborted(loadConfig({ cwd, file: flags.config, environment, version }), signal);
}

/** Colours for a stream, as far as it and the user take them. */
export function shellColors(
  { flags, settings }: Pick<Shell, 'flags' | 'settings'>,
  stream: 'stdout' | 'stderr',
): Colors {
  return createColors(settings.color[stream] && flags.color !== false);
}

/** Links for a stream, as far as it and the user take them. */
export function shellLinks(
  { flags, settings }: Pick<Shell, 'flags' | 'settings'>,
  stream: 'stdout' | 'stderr',
): Link {
  return createLinks(settings.links[stream] && flags.color !== false);
}

async function createReporter(shell: Shell, colors: Colors): Promise<Reporter> {
  const { flags, settings, stderr } = shell;
  const verbose = flags.verbose === true;
  if (flags.quiet === true) return quietReporter(stderr);
  if (settings.ci) return plainReporter({ output: stderr, verbose });
  const { terminalReporter } = await import('../report/terminal.ts');
  return terminalReporter({ stream: stderr, colors, verbose, clock: () => performance.now() });
}

/** The function's log of a run in this process: printed with --verbose only. */
function functionLog(reporter: Reporter, verbose: boolean): Log {
  return (_level, record) => {
    if (verbose) reporter.say(withoutCommands(encodeLine(record)));
  };
}

/** What a session's work is for: `plan` makes nothing, and images are listed with the action that would be. */
export type Mode = 'plan' | 'work';

/**
 * Puts a session together, runs `work` with it and takes it apart again, whatever happens. Interruption is reported once.
 * Resolves to the exit code.
 */
export async function withSession(
  shell: Shell<AnnotationFlags & Overrides>,
  mode: Mode,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const startedAt = performance.now();
  const { signal, settings } = shell;
  const config = await configure(shell);
  const colors = shellColors(shell, 'stderr');
  const reporter = await createReporter(shell, colors);
  const { publicUrl } = config;
  const siteUrl = siteUrlOf(config);
  const dryRun = mode === 'plan';
  const recorder = createRecorder({ version: VERSION, startedAt, publicUrl, siteUrl, dryRun });
  const sayInterrupted = (): void =>
    reporter.say(colors.yellow('Finishing what is in flight … (once more: leave at once)'));
  signal.addEventListener('abort', sayInterrupted, { once: true });
  const warn = lineWriter(shell.stderr);
  const document = (): ReportDocument => recorder.document(performance.now());
  shell.json.track(document);
  let dispatch: Dispatch | null = null;
  let store: string | null = null;
  let failure: unknown;
  const emit = (event: SyncEvent): void => {
    if (event.type === 'planned') ({ store } = event);
    recorder.on(event);
    reporter.on(event);
  };
  try {
    if (config.function === null && settings.functionUrl !== undefined)
      emit({ type: 'notice', message: IGNORED_URL });
    const log = functionLog(reporter, shell.flags.verbose === true);
    const parts = await openParts(config, settings, { log, emit, signal });
    ({ dispatch } = parts);
    const exitCode = await work({
      config,
      dispatch,
      parts,
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
    signal.throwIfAborted();
    shell.json.print(document);
    return exitCode;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    signal.removeEventListener('abort', sayInterrupted);
    reporter.stop();
    await dispatch?.close();
    if (shell.flags.annotations === true && !signal.aborted) {
      const { annotateRun } = await import('./annotate.ts');
      await annotateRun(shell, { mode, config, document: document(), failure });
    }
  }
}

const IGNORED_URL =
  'OG_FUNCTION_URL is not used: --store names a folder of this machine, to which no function can write.';
