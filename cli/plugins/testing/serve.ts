/** A generator's development server, as a process of its own. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { ENVIRONMENT } from '../../scan/presets/testing/build.ts';

export interface Served {
  /** With the port that it has. */
  origin: string;
  /** What it has said so far. */
  said(): string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts `command` in `root` (`PORT` stands for the port) and waits until `path` is answered. */
export async function serveSite(root: string, command: readonly string[], path: string): Promise<Served> {
  const port = String(await freePort());
  const [program = '', ...args] = command.map((word) => word.replace('PORT', port));
  const child = spawn(program, args, {
    cwd: root,
    env: { ...ENVIRONMENT, NODE_ENV: 'development', CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npx starts further processes.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close');
  const close = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended:\n${said}`);
    const answer = await fetch(`http://localhost:${port}${path}`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return { origin: `http://localhost:${port}`, said: () => said, close };
    await wait(500);
  }
  await close();
  throw new Error(`${program} did not answer ${path}:\n${said}`);
}
