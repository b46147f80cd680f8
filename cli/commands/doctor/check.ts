/** What a check of the doctor is, and what it may say. */
import type { Config } from '../../config/config.ts';
import { CliError, exitCodeOf } from '../../errors.ts';
import { OgError } from '../../../function/contract.ts';
import type { DoctorFact } from '../../report/documents.ts';
import type { Settings } from '../../config/settings.ts';
import type { FunctionAnswer } from './function-answer.ts';

/** What is looked at. */
export interface Subject {
  settings: Settings;
  cwd: string;
  /** The file named by --config, as it was written. */
  configFile: string | undefined;
  /** Read once for all checks. Rejects with the error that a run would end with. */
  config: () => Promise<Config>;
  /** What the configured function answers to `GET /`, asked once for all checks. Rejects where it cannot be signed. */
  askFunction: (config: Config & { function: string }) => Promise<FunctionAnswer>;
  /** Aborted at Ctrl-C and when the time of this check is over. What a check left behind it removes even then. */
  signal: AbortSignal;
}

/** A fact, and the exit code that it leads to. */
export interface Fact extends DoctorFact {
  exitCode: number;
}

export interface Check {
  /** In the JSON document. */
  name: string;
  title: string;
  timeoutMs: number;
  /** Facts in the order they are printed. What it throws becomes a failure, and stops no other check. */
  look(subject: Subject): Promise<Fact[]>;
}

/** All is well. */
export function ok(fact: string): Fact {
  return { sign: 'ok', fact, cure: null, exitCode: 0 };
}

/** A run works, but something is worth a look. */
export function warning(fact: string, cure: string): Fact {
  return { sign: 'warning', fact, cure, exitCode: 0 };
}

/** A run would fail. */
export function failure(fact: string, cure: string, exitCode = 1): Fact {
  return { sign: 'failure', fact, cure, exitCode };
}

const REPORT = 'This should not happen: please report it, with the output of "og-sync doctor --json".';

/** What an error says and how it is cured. `reach`: out of reach or refused has an exit code of its own. */
export function failed(error: unknown, { reach = false } = {}): Fact {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof OgError)) return failure(message, REPORT);
  const usage = error instanceof CliError && error.code === 'usage';
  return failure(message, error.hint, reach || usage ? exitCodeOf(error) : 1);
}

/** The same fact where a run does without what it is about. */
export function softened(fact: Fact): Fact {
  return fact.sign === 'failure' ? { ...fact, sign: 'warning', exitCode: 0 } : fact;
}

/** For a check that can say nothing while the configuration cannot be read, which its own check reports. */
export function withoutConfig(what: string): Fact {
  return warning(
    `${what} is not looked at: the configuration cannot be read.`,
    'Correct the configuration first.',
  );
}
