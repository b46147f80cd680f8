/** The built command line as a process of its own, as a user runs it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DIST } from '../../function/testing/product.ts';
import type { ReportDocument } from '../report/document.ts';

export interface Ended {
  /** Null: ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when stderr or stdout has matched; rejects when the process ends without. */
  said(pattern: RegExp): Promise<string>;
}

export interface ProcessOptions {
  cwd: string;
  env?: Record<string, string>;
}

/** Nothing of the machine's own configuration but its cache: no AWS account, no proxy, no colours. */
const BARE = {
  PATH: process.env['PATH'] ?? '',
  HOME: homedir(),
  CI: 'true',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Starts `og-sync`; the test ends it or waits for its end. */
export function startCli(args: readonly string[], { cwd, env = {} }: ProcessOptions): Started {
  const child = spawn(process.execPath, [join(DIST, 'og-sync.js'), ...args], {
    cwd,
    env: { ...BARE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return {
    child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.stdout) ?? pattern.exec(said.stderr);
          if (match === null) return;
          listeners.delete(look);
          resolve(match[1] ?? match[0]);
        };
        listeners.add(look);
        look();
        void ended.then(({ code, stderr }) =>
          reject(new Error(`It ended with ${code} and never said ${pattern}:\n${stderr}`)),
        );
      }),
  };
}

/** Runs `og-sync` to its end. */
export function runCli(args: readonly string[], options: ProcessOptions): Promise<Ended> {
  return startCli(args, options).ended;
}

/** Runs it with `--json`; the one document that stdout must hold. */
export async function runJson(
  args: readonly string[],
  options: ProcessOptions,
): Promise<Ended & { document: ReportDocument & { error?: { code: string; message: string } } }> {
  const ended = await runCli([...args, '--json'], options);
  return { ...ended, document: JSON.parse(ended.stdout) as ReportDocument };
}

export interface Blog {
  folder: string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  post(name: string, title: string, more?: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Deletes the whole folder. */
  close(): Promise<void>;
}

/** An empty folder for a blog. */
export async function makeBlog(): Promise<Blog> {
  const folder = await mkdtemp(join(tmpdir(), 'og-blog-'));
  async function write(file: string, content: string | Uint8Array): Promise<void> {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return {
    folder,
    write,
    post: (name, title, more = '') =>
      write(`content/${name}.md`, `---\ntitle: ${JSON.stringify(title)}\n${more}---\nText.\n`),
    remove: (file) => rm(join(folder, file)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
