/** What a run of steps shares. */
import type { Aws } from '../aws/client.ts';
import type { Operation } from '../plan/step.ts';
import type { Proof } from './smoke.ts';
import type { Wanted } from '../wanted/wanted.ts';

/** Enough for a step that carries all it needs. */
export interface AwsContext {
  aws: Aws;
}

export interface Context extends AwsContext {
  wanted: Wanted;
  /** Builds and pushes the image. */
  push: () => Promise<unknown>;
  /** What earlier steps of this run found out. */
  run: { version: string | null; proof: Proof | null; codeSha: string | null };
}

/** Carries out one kind of operation. Each may be repeated: what is done already is no error. */
export type Executor<K extends Operation['do'], C = Context> = (
  context: C,
  operation: Extract<Operation, { do: K }>,
) => Promise<unknown>;

/** The executors of one family of operations, say those of the role. */
export type Executors<Family extends string, C = Context> = {
  [K in Extract<Operation['do'], `${Family}.${string}`>]: Executor<K, C>;
};
