/** When a whole batch fails for one reason that no other batch could escape, the run ends there. */
import { FunctionError } from '../../function/contract.ts';
import type { Result } from '../../function/contract.ts';
import { CliError } from '../errors.ts';

/** The code that all of these results failed with, or null. */
function commonFailure(results: readonly Result[]): { code: string; message: string } | null {
  const [first] = results;
  if (first?.status !== 'failed') return null;
  const { code } = first.error;
  const same = results.every((result) => result.status === 'failed' && result.error.code === code);
  return same ? first.error : null;
}

/** The store takes none of a batch's images: it would take no others. Null when that is not so. */
export function storeError(results: readonly Result[]): CliError | null {
  const failure = commonFailure(results);
  if (failure?.code === 'store_refused')
    return new CliError(
      'store_refused',
      `The store refuses every image: ${failure.message}`,
      'Check that whoever renders may write there: s3:PutObject on the bucket and prefix, or the rights of the folder.',
    );
  if (failure?.code === 'store_unavailable')
    return new CliError(
      'store_unavailable',
      `The store cannot be reached: ${failure.message}`,
      'Try again when it is back; nothing is lost.',
    );
  return null;
}

/** No browser starts here: no other batch would find one. Null when that is not so. */
export function browserError(results: readonly Result[]): FunctionError | null {
  const failure = commonFailure(results);
  if (failure?.code !== 'browser_unavailable') return null;
  return new FunctionError(
    'browser_unavailable',
    failure.message,
    'Set CHROME_PATH to a Chrome or Chromium of this machine, or render with a Function URL.',
  );
}
