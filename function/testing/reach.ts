/** Which of our modules a set of files imports, directly or not: by it a test run makes only what its tests need. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A relative import, static or dynamic, and the worker or child that is named by its address. */
const RELATIVE = /(?:from|import\(?|URL\()\s*['"](\.\.?\/[^'"\s]+\.ts)['"]/g;

/** Absolute paths of the files themselves and of all that they reach. A file that is not there reaches nothing. */
export async function reachedFrom(files: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  async function visit(file: string): Promise<void> {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(file, 'utf8').catch(() => '');
    await Promise.all(
      [...text.matchAll(RELATIVE)].map(([, path = '']) => visit(resolve(dirname(file), path))),
    );
  }
  await Promise.all(files.map(visit));
  return seen;
}
