/** The built product, for tests that run it as a user would. A test run that reaches this module builds it first. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The repository. Vitest's set-up cannot load ../package.ts, which asks Node for it. */
export const ROOT = join(import.meta.dirname, '..', '..');

export const DIST = join(ROOT, 'dist');

/** Builds `dist/` anew. @throws Error with what the bundler and the compiler said */
export async function buildProduct(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: ROOT });
}
