/** `og-sync doctor` */
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createRedactor } from '../../config/secrets.ts';
import { leave } from '../../process/leave.ts';
import { doctorDocument, exitCodeOfFacts } from './document.ts';
import { checkLines, countLine } from './lines.ts';
import { lineWriter } from '../../report/wrap.ts';
import { shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { CHECKS } from './checks/registry.ts';
import type { DoctorFlags } from './flags.ts';
import { examine } from './run.ts';
import type { CheckResult } from './run.ts';
import { subjectOf } from './subject.ts';

/** How long a check whose time is over may take to tidy up, in ms. */
const TIDY_MS = 5000;

/** Looks at everything and prints it in a fixed order. Resolves to the exit code; throws the signal's reason at Ctrl-C. */
export async function doctorCommand(shell: Shell<DoctorFlags>): Promise<number> {
  const startedAt = performance.now();
  const { flags, settings, json, signal, stdout } = shell;
  const redact = createRedactor(settings.environment);
  const write = lineWriter(stdout);
  const show = { colors: shellColors(shell, 'stdout'), quiet: flags.quiet === true };
  const told: CheckResult[] = [];
  const document = () => doctorDocument(told, performance.now() - startedAt);
  const shared = subjectOf(shell);
  const { results, settled } = examine(CHECKS, shared.subject);
  try {
    for (const result of results) {
      const clean = redacted(await result, redact);
      told.push(clean);
      if (flags.json !== true) for (const line of checkLines(clean, show)) write(line);
    }
  } catch (error) {
    // A probe in the store goes also when nobody waits for the answer.
    await endsSoon(settled);
    json.print(document, error);
    throw error;
  }
  signal.throwIfAborted();
  const exitCode = exitCodeOfFacts(told.flatMap(({ facts }) => facts));
  if (flags.json !== true && !show.quiet) write(countLine(document(), show.colors));
  json.print(document);
  if (!(await endsSoon(Promise.all([settled, shared.settled()])))) {
    // What hangs would keep the process alive.
    await new Promise((resolve) => stdout.write('', resolve));
    await leave(exitCode);
  }
  return exitCode;
}

/** Whether it does before the time to tidy up is over. */
async function endsSoon(work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const late = delay(TIDY_MS, false, ended).catch(() => true);
  void work.then(() => ended.abort());
  return late;
}

function redacted(result: CheckResult, redact: (text: string) => string): CheckResult {
  const facts = result.facts.map((fact) => ({
    ...fact,
    fact: redact(fact.fact),
    cure: fact.cure === null ? null : redact(fact.cure),
  }));
  return { ...result, facts };
}
