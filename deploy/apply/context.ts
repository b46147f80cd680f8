/** What a run of steps shares. */
import type { Aws } from '../aws/client.ts';
import type { Operation, Step } from '../plan/step.ts';
import type { Wanted } from '../wanted/wanted.ts';
import type { Proof } from './smoke.ts';

export interface Context {
  aws: Aws;
  wanted: Wanted;
  /** Builds and pushes the image. */
  push: () => Promise<unknown>;
  /** Whether versions and URLs have to prove themselves. */
  proving: boolean;
  /** Called for each step before it is taken. */
  begin: (step: Step) => void;
  /** For what a person should know although the run goes on. */
  warn: (text: string) => void;
  run: DeployRun;
}

/** What the steps of this run found out. */
export interface DeployRun {
  /** The version that was published, or made live. */
  version: string | null;
  proof: Proof | null;
  codeSha: string | null;
  /** Whether what callers meet may have changed, and would have to be put back. */
  touched: boolean;
}

export function newRun(): DeployRun {
  return { version: null, proof: null, codeSha: null, touched: false };
}

/** Carries out one kind of operation. Each may be repeated: what is done already is no error. */
export type Executor<K extends Operation['do']> = (
  context: Context,
  operation: Extract<Operation, { do: K }>,
) => Promise<unknown>;

/** The executors of one family of operations, say those of the role. */
export type Executors<Family extends string> = {
  [K in Extract<Operation['do'], `${Family}.${string}`>]: Executor<K>;
};
