/** The blog's build under the policies of its own role: `og-sync` itself, built, against the emulator. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCloud } from './testing/cloud.ts';
import { blog } from './testing/identity.ts';
import { BITBUCKET, deploy } from './testing/session.ts';
import type { Cloud } from './testing/cloud.ts';

const ROOT = join(import.meta.dirname, '..');
const PRUNE = ['prune', '--yes', '--older-than', '0d', '--store', 's3://blog-images/images'];

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

/** An account with one orphan, and the caller role's policies in force. */
async function setUp(...flags: string[]): Promise<void> {
  await deploy(cloud, ['bootstrap', '--apply', ...flags], BITBUCKET);
  const s3 = new S3Client({
    region: 'eu-central-1',
    endpoint: cloud.url,
    forcePathStyle: true,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  await s3.send(
    new PutObjectCommand({
      Bucket: 'blog-images',
      Key: 'images/orphan.jpg',
      Body: 'x',
      Metadata: { 'og-fingerprint': '0'.repeat(64) },
    }),
  );
  cloud.enforce();
  cloud.seen.length = 0;
}

function ogSync(args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: cloud.url,
    ...blog(),
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, 'dist', 'og-sync.js'), ...args],
      { cwd: join(ROOT, 'examples', 'blog'), env },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });
}

test('a build that was not allowed to prune cannot, and learns which right it lacks', async () => {
  await setUp();
  const { code, output } = await ogSync(PRUNE);
  expect([code === 0, output]).toEqual([false, expect.stringContaining('s3:DeleteObject')]);
  expect(cloud.refused).toEqual(['og-caller s3:DeleteObject arn:aws:s3:::blog-images/images/orphan.jpg']);
});

test('a build that was allowed to prune needs no further right', async () => {
  await setUp('--allow-prune');
  const { code, output } = await ogSync(PRUNE);
  expect([code, output, cloud.refused]).toEqual([0, expect.any(String), []]);
  expect(cloud.seen).toContain('s3:DeleteObject');
});

test.each([
  ['another prefix', ['plan', '--store', 's3://blog-images/other'], 's3:ListBucket arn:aws:s3:::blog-images'],
  ['another bucket', ['plan', '--store', 's3://somebodys/images'], 's3:ListBucket arn:aws:s3:::somebodys'],
])('a build cannot look into %s', async (_, args, asked) => {
  await setUp('--allow-prune');
  expect((await ogSync(args)).code).toBe(3);
  expect(cloud.refused).toContain(`og-caller ${asked}`);
});
