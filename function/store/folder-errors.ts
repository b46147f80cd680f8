/** What the file system says → what a user can do about it. */
import { FunctionError } from '../contract.ts';
import type { ErrorCode } from '../contract.ts';

const KNOWN: Record<string, readonly [ErrorCode, reason: string, hint: string]> = {
  EACCES: [
    'store_refused',
    'permission denied',
    'Give this user the right to write there, or choose another folder.',
  ],
  EPERM: [
    'store_refused',
    'operation not permitted',
    'Give this user the right to write there, or choose another folder.',
  ],
  EROFS: ['store_refused', 'the file system is read-only', 'Choose a folder that can be written.'],
  ENOTDIR: [
    'store_refused',
    'a file lies where a folder has to be',
    'Remove that file, or change the slug or the key pattern.',
  ],
  EEXIST: [
    'store_refused',
    'a file lies where a folder has to be',
    'Remove that file, or change the slug or the key pattern.',
  ],
  EISDIR: [
    'store_refused',
    'a folder lies where the file has to be',
    'Remove that folder, or change the slug or the key pattern.',
  ],
  ENOTEMPTY: [
    'store_refused',
    'a folder lies where the file has to be',
    'Remove that folder, or change the slug or the key pattern.',
  ],
  ENAMETOOLONG: [
    'invalid_key',
    'the name is too long for this file system',
    'Shorten the slug, or the key pattern.',
  ],
  ELOOP: ['store_refused', 'there is a symbolic link on the way', 'Replace the link by a real folder.'],
  ENOSPC: ['store_unavailable', 'the disk is full', 'Make room and run again: only what is missing is made.'],
  EDQUOT: [
    'store_unavailable',
    'the disk quota is used up',
    'Make room and run again: only what is missing is made.',
  ],
  EMFILE: [
    'store_unavailable',
    'too many files are open',
    'Raise the limit of open files (ulimit -n), or lower the concurrency.',
  ],
  ENFILE: [
    'store_unavailable',
    'too many files are open on this machine',
    'Lower the concurrency, or try again later.',
  ],
};

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** Turns a file system's error into ours. `doing` completes "Cannot …", e.g. `write the image`; FunctionErrors pass. */
export function folderError(error: unknown, doing: string, path: string): FunctionError {
  if (error instanceof FunctionError) return error;
  const [code, reason, hint] = KNOWN[codeOf(error) ?? ''] ?? [
    'store_unavailable',
    error instanceof Error ? error.message : String(error),
    'See whether the disk is mounted and healthy, then run again.',
  ];
  return new FunctionError(code, `Cannot ${doing} ${path}: ${reason}.`, hint, { cause: error });
}
