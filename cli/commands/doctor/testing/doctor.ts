/** The doctor as a process of its own, and the facts of its document. */
import type { DoctorDocument, DoctorFact, DoctorSign } from '../../../report/documents.ts';
import { runCli } from '../../../testing/process.ts';
import type { Ended, ProcessOptions } from '../../../testing/process.ts';

export interface Diagnosis extends Ended {
  document: DoctorDocument & { error?: { code: string } };
  /** The facts of one check that have this sign. */
  facts: (check: string, sign: DoctorSign) => DoctorFact[];
}

export async function runDoctor(args: readonly string[], options: ProcessOptions): Promise<Diagnosis> {
  const ended = await runCli(['doctor', '--json', ...args], options);
  const document = JSON.parse(ended.stdout) as Diagnosis['document'];
  return {
    ...ended,
    document,
    facts: (check, sign) =>
      document.checks.find(({ name }) => name === check)?.facts.filter((fact) => fact.sign === sign) ?? [],
  };
}
