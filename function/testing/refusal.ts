import { FunctionError } from '../contract.ts';

/** The error of ours that some work ends with. Throws when it succeeds, or fails in any other way. */
export async function refusal(work: Promise<unknown>): Promise<FunctionError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FunctionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
