import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { altered, healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import { deploy, ENV, planned, pushTestImage } from './testing/session.ts';
import type { Cloud } from './testing/cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the built program at once, and the next run goes on',
  async (signal) => {
    await cloud.reset();
    cloud.script(healthy);
    await pushTestImage(cloud);
    let stuck = true;
    const waiting = Promise.withResolvers<void>();
    cloud.script((call) => {
      if (!stuck || call.operation !== 'lambda:GetFunctionConfiguration') return null;
      waiting.resolve();
      return altered(call, (json) => void Object.assign(json, { State: 'Pending' }));
    });
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'dist', 'og-deploy.js'), 'release'],
      {
        env: {
          ...ENV,
          AWS_ACCESS_KEY_ID: 'testing',
          AWS_SECRET_ACCESS_KEY: 'testing',
          AWS_ENDPOINT_URL: cloud.url,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const exit = once(child, 'close');
    await waiting.promise;
    child.kill(signal);
    expect((await exit)[0]).toBe(130);
    expect(said).toContain('Interrupted.');
    stuck = false;
    expect((await deploy(cloud, ['release'])).code).toBe(0);
    expect(await planned(cloud)).toEqual([]);
  },
);
