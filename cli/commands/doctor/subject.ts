/** What the checks share: read or asked once, however many of them want it. */
import type { Config } from '../../config/config.ts';
import { CliError } from '../../errors.ts';
import { untilAborted } from '../../tasks/until-aborted.ts';
import { configure } from '../shell.ts';
import type { Shell } from '../shell.ts';
import type { Subject } from './check.ts';
import type { DoctorFlags } from './flags.ts';
import { askFunction } from './function-answer.ts';
import type { FunctionAnswer } from './function-answer.ts';

/** A configuration is a program, and may wait for what never comes. ms */
const CONFIG_MS = 10_000;

/** `settled`: resolves when nothing of what they share is under way any more. */
export function subjectOf(shell: Shell<DoctorFlags>): { subject: Subject; settled(): Promise<unknown> } {
  const { settings, cwd, signal, flags } = shell;
  let loading: Promise<Config> | null = null;
  let config: Promise<Config> | null = null;
  let answer: Promise<FunctionAnswer> | null = null;
  function read(): Promise<Config> {
    loading = configure(shell);
    return inTime(loading);
  }
  const subject: Subject = {
    settings,
    cwd,
    signal,
    configFile: flags.config,
    config: () => (config ??= read()),
    askFunction: (given) => (answer ??= askFunction(given, settings, signal)),
  };
  return { subject, settled: () => Promise.allSettled([loading, answer]) };
}

async function inTime(loading: Promise<Config>): Promise<Config> {
  const late = new AbortController();
  const error = new CliError(
    'config_broken',
    `The configuration is still loading after ${CONFIG_MS / 1000} s.`,
    'See what it waits for: a run would wait as long.',
  );
  const timer = setTimeout(() => late.abort(error), CONFIG_MS);
  return untilAborted(loading, late.signal).finally(() => clearTimeout(timer));
}
