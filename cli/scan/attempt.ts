/** What is wrong with one file, returned instead of thrown: the others go on. */
import { PostError } from '../errors.ts';

/** A file that could not become a post. The exit code says so. */
export interface Problem {
  file: string;
  code: string;
  message: string;
}

/** What `make` makes of a file, or what is wrong with it. */
export function attempt<T>(file: string, make: () => T): T | Problem {
  try {
    return make();
  } catch (error) {
    if (error instanceof PostError) return { file, code: error.code, message: `${file}: ${error.message}` };
    if (error instanceof Error && 'syscall' in error) return unreadable(file, error.message);
    throw error;
  }
}

export function unreadable(file: string, reason: string): Problem {
  return { file, code: 'unreadable', message: `${file} cannot be read: ${reason}` };
}
