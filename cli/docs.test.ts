import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';

const words = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string().regex(/^[A-Za-z0-9]+$/),
      Effect: z.enum(['Allow', 'Deny']),
      Principal: z.record(z.string(), z.string()).optional(),
      Action: words,
      Resource: words,
      Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    }),
  ),
});

const read = async (path: string): Promise<string> =>
  await readFile(new URL(`../${path}`, import.meta.url), 'utf8');

it('docs/aws.md holds policies that AWS can read, none with a wildcard action or for every resource', async () => {
  const blocks = [...(await read('docs/aws.md')).matchAll(/```json\n([^]*?)```/g)];
  expect(blocks).toHaveLength(5);
  for (const [, text = ''] of blocks)
    for (const { Action, Resource } of policySchema.parse(JSON.parse(text)).Statement) {
      for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of Resource) expect(resource).toMatch(/^arn:aws:[^*]+/);
    }
});

it('docs/aws.md allows every right that an error of the S3 store may ask for', async () => {
  const asked = (await read('function/store/s3.ts')).matchAll(/action: '(s3:\w+)'/g);
  const [caller, pruner] = (await read('docs/aws.md')).matchAll(/```json\n([^]*?)```/g);
  const rights = new Set([...asked].map(([, action]) => action));
  expect(rights).toEqual(new Set(['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject']));
  for (const right of rights) expect(`${caller?.[1]} ${pruner?.[1]}`).toContain(`"${right}"`);
});
