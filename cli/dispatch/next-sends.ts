/** What becomes of each post of a batch after it was sent once. Pure: no clock, no chance, nothing is sent. */
import { isRetryable } from '../../function/contract.ts';
import type { FailedResult, RenderResponse, Result } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import { unsent } from './batches.ts';
import type { Parcel } from './batches.ts';
import type { SendOutcome } from './outcome.ts';

/** Posts that travel together, and what they have been through. */
export interface Batch {
  parcels: Parcel[];
  /** Times these very posts were sent and something went wrong with them. */
  sends: number;
  /** Waits in a row without being let in. */
  waits: number;
  /** Attempts in a row to connect. */
  connects: number;
  /** Part of a batch that failed twice: it is halved at once when it fails again. */
  suspect: boolean;
}

export interface NextSends {
  settled: { parcel: Parcel; result: Result }[];
  again: Batch[];
  /** Posts that failed alone for the last time; they are to blame if the function is alive otherwise. */
  blamed: { parcel: Parcel; reason: string }[];
  /** Why something is sent again. */
  reason: string;
  askedMs: number | null;
  /** The work may have been done: look into the store before sending again. */
  doubtful: boolean;
  /** Ends the run. */
  error: CliError | null;
}

export interface Tries {
  /** Sends of a post that stands alone, or that fails by itself with a retryable error. */
  post: number;
  /** Attempts to connect. */
  connect: number;
}

const NOTHING: NextSends = {
  settled: [],
  again: [],
  blamed: [],
  reason: '',
  askedMs: null,
  doubtful: false,
  error: null,
};

/** A batch that was never sent. */
export function newBatch(parcels: Parcel[]): Batch {
  return { parcels, sends: 0, waits: 0, connects: 0, suspect: false };
}

function halves(
  parcels: Parcel[],
  { sends, waits, suspect }: Pick<Batch, 'sends' | 'waits' | 'suspect'>,
): Batch[] {
  const middle = Math.ceil(parcels.length / 2);
  return [parcels.slice(0, middle), parcels.slice(middle)]
    .filter((half) => half.length > 0)
    .map((half) => ({ parcels: half, sends, waits, connects: 0, suspect }));
}

/** The function's answer: each post has a result, is unprocessed, or was forgotten. */
function afterAnswer(batch: Batch, response: RenderResponse, tries: Tries): NextSends {
  const byKey = new Map(response.results.map((result) => [result.key, result]));
  const bySlug = new Map(response.results.map((result) => [result.slug, result]));
  const settled: NextSends['settled'] = [];
  const failed: { parcel: Parcel; result: FailedResult }[] = [];
  const missing: Parcel[] = [];
  const last = batch.sends + 1 >= tries.post;
  for (const parcel of batch.parcels) {
    const result = byKey.get(parcel.item.key) ?? bySlug.get(parcel.item.slug);
    if (result === undefined) missing.push(parcel);
    else if (result.status === 'failed' && isRetryable(result.error.code) && !last)
      failed.push({ parcel, result });
    else settled.push({ parcel, result });
  }
  const blamed: NextSends['blamed'] = [];
  const again: Batch[] = [];
  if (failed.length > 0)
    again.push(
      ...halves(
        failed.map(({ parcel }) => parcel),
        { sends: batch.sends + 1, waits: batch.waits + 1, suspect: false },
      ),
    );
  // Progress is made as long as a batch settles something; one that settles nothing must not go round for ever.
  const stuck = settled.length === 0 && failed.length === 0;
  for (const part of halves(missing, {
    sends: stuck ? batch.sends + 1 : batch.sends,
    waits: stuck ? batch.waits + 1 : 0,
    suspect: false,
  })) {
    const [parcel] = part.parcels;
    if (parcel !== undefined && part.parcels.length === 1 && part.sends >= tries.post)
      blamed.push({ parcel, reason: 'the function never got to it before its deadline' });
    else again.push(part);
  }
  const first = failed[0]?.result.error;
  const reason = first === undefined ? 'not started before the deadline' : `${first.code}: ${first.message}`;
  return { ...NOTHING, settled, again, blamed, reason };
}

/** No answer, or none to be trusted: all may be done, nothing may be done. */
function afterUnknown(
  batch: Batch,
  outcome: Extract<SendOutcome<never>, { kind: 'unknown' }>,
  tries: Tries,
): NextSends {
  const state = { sends: batch.sends + 1, waits: batch.waits + 1, connects: 0 };
  const next = { ...NOTHING, reason: outcome.reason, askedMs: outcome.askedMs, doubtful: true };
  const { parcels } = batch;
  if (parcels.length > 1) {
    // Once may be the network's fault; a time-out, or a second failure, is perhaps one of these posts'.
    const split = outcome.timedOut || batch.suspect || batch.sends > 0;
    const again = split
      ? halves(parcels, { sends: 0, waits: state.waits, suspect: true })
      : [{ parcels, ...state, suspect: false }];
    return { ...next, again };
  }
  if (state.sends < tries.post) return { ...next, again: [{ parcels, ...state, suspect: true }] };
  return { ...next, blamed: parcels.map((parcel) => ({ parcel, reason: outcome.reason })) };
}

/** Says what to do with each post of a batch: it is settled, sent again or blamed; with an error the run ends. */
export function nextSends(
  where: string,
  batch: Batch,
  outcome: SendOutcome<RenderResponse>,
  tries: Tries,
): NextSends {
  switch (outcome.kind) {
    case 'answered':
      return afterAnswer(batch, outcome.value, tries);
    case 'unknown':
      return afterUnknown(batch, outcome, tries);
    case 'busy': {
      const again = [{ ...batch, waits: batch.waits + 1, connects: 0 }];
      return { ...NOTHING, again, reason: outcome.reason, askedMs: outcome.askedMs };
    }
    case 'unreached': {
      const again = [{ ...batch, waits: batch.waits + 1, connects: batch.connects + 1 }];
      if (batch.connects + 1 < tries.connect) return { ...NOTHING, again, reason: outcome.reason };
      return { ...NOTHING, error: unreachable(where, outcome.reason, outcome.cause) };
    }
    case 'too_large': {
      if (batch.parcels.length > 1)
        return { ...NOTHING, again: halves(batch.parcels, batch), reason: outcome.reason };
      const settled = batch.parcels.map((parcel) => ({
        parcel,
        result: unsent(parcel.item, 'too_large', outcome.reason),
      }));
      return { ...NOTHING, settled };
    }
    default:
      return { ...NOTHING, error: outcome.error };
  }
}

/** The function cannot be reached, or makes nothing. */
export function unreachable(where: string, reason: string, cause?: unknown): CliError {
  return new CliError(
    'function_unreachable',
    `The function at ${where} cannot be reached: ${reason}.`,
    'Check the Function URL and the network; run it again and only what is missing is made.',
    { cause },
  );
}
