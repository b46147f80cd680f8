import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../../function/package.ts';

const words = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z
        .string()
        .regex(/^[A-Za-z0-9]+$/)
        .optional(),
      Effect: z.enum(['Allow', 'Deny']),
      Principal: z.record(z.string(), z.string()).optional(),
      Action: words,
      // None in a policy that says who may take a role.
      Resource: words.default([]),
      Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    }),
  ),
});

const read = async (path: string): Promise<string> =>
  await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/aws.md holds policies that AWS can read, none with a wildcard action or for every resource', async () => {
  const blocks = [...(await read('docs/aws.md')).matchAll(/```json\n([^]*?)```/g)];
  expect(blocks).toHaveLength(6);
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

it('every file that a page names is there', async () => {
  const pages = [
    ...globSync('docs/*.md', { cwd: PACKAGE_ROOT }),
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
  ];
  const missing: string[] = [];
  for (const page of pages)
    for (const [, path = ''] of (await read(page)).matchAll(
      /`((?:cli|function|deploy|bench|examples)\/[\w./-]+)`/g,
    ))
      if (!existsSync(join(PACKAGE_ROOT, path))) missing.push(`${page}: ${path}`);
  expect(missing).toEqual([]);
});

it('docs/typography.md names tests of breaking that exist, and all of them', async () => {
  const [, table = ''] = (await read('docs/typography.md')).split('## The tests of breaking');
  const [rows = ''] = table.split('\n## ');
  const named = [...rows.matchAll(/^\| .* \| (`.+`) \|$/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  const files = ['breaking', 'hanging'].map((name) => read(`function/templates/${name}.chromium.test.ts`));
  const tests = (await Promise.all(files)).join('\n');
  // The table of what stays whole has one name; its rows are the languages.
  const titles = [...tests.matchAll(/^ *(?:test\(|\]\)\(\n? *)'([^']+)'/gm)].map(([, name]) => name);
  const [table1 = ''] = [...tests.matchAll(/^describe\('(no line ends[^']+)'/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(new Set([table1, ...titles.filter((name) => name !== '%s')]));
});

/** The anchor that a page's host gives a heading. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsOf = async (page: string): Promise<Set<string>> => {
  const headings = (await read(page)).replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => slugOf(heading)));
};

it('every link from page to page leads to a file and to a heading of it', async () => {
  const pages = [
    ...globSync('docs/**/*.md', { cwd: PACKAGE_ROOT }),
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
  ];
  const broken: string[] = [];
  for (const page of pages)
    for (const [, path = '', anchor = ''] of (await read(page)).matchAll(
      /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g,
    )) {
      const target = path === '' ? page : join(page, '..', path).replaceAll('\\', '/');
      const isThere = existsSync(join(PACKAGE_ROOT, target));
      if (!isThere || (anchor !== '' && !(await anchorsOf(target)).has(anchor)))
        broken.push(`${page}: ${path}#${anchor}`);
    }
  expect(broken).toEqual([]);
});
