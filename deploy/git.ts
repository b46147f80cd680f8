/** What git says of the current folder. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Commit } from './shell.ts';

/** null without git, without a repository and without a commit. */
export async function currentCommit(folder: string): Promise<Commit | null> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: folder })).stdout.trim();
  try {
    const id = await git('rev-parse', 'HEAD');
    return { id, dirty: (await git('status', '--porcelain')) !== '' };
  } catch {
    return null;
  }
}
