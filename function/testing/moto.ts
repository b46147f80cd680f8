import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pythonWithMoto } from './python.ts';

export interface Moto {
  /** Of the emulated AWS: an endpoint for every service. */
  url: string;
  /** What a child process needs to talk to it instead of AWS, and to nothing else. */
  env: Record<string, string>;
  /** The same for a store opened in this process. */
  s3: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Makes an empty bucket. S3 wants at least three characters. */
  createBucket(name: string): Promise<void>;
  /** Forgets all buckets, roles and functions. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const READY = /Running on (http:\/\/\S+)/;

/**
 * Starts an AWS emulator written by others, moto, on a free loopback port.
 *
 * @throws Error when it cannot be installed or does not start.
 */
export async function startMoto(): Promise<Moto> {
  const child = spawn(await pythonWithMoto(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('error', (cause) => {
      reject(new Error('The AWS emulator cannot be started.', { cause }));
    });
    child.once('exit', (code) => {
      reject(new Error(`moto ended with code ${code} before it was ready:\n${said}`));
    });
    // Read on after the address, too: a full pipe would stop the server.
    createInterface({ input: child.stderr }).on('line', (line) => {
      const address = READY.exec(line)?.[1];
      if (address === undefined) said = `${said}${line}\n`.slice(-4000);
      else resolve(address);
    });
  });

  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    s3: {
      endpoint: url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    },
    async createBucket(name) {
      const { ok, status } = await fetch(`${url}/${name}`, { method: 'PUT' });
      if (!ok) throw new Error(`moto answered ${status} when the bucket ${name} was to be made`);
    },
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: 'POST' });
    },
    async stop() {
      process.removeListener('exit', kill);
      kill();
      await gone;
    },
  };
}
