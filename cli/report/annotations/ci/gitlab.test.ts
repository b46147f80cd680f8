import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../../../testing/files.ts';
import { note, review, warnings } from '../testing/reviews.ts';
import { gitlab } from './gitlab.ts';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format: these fields and no others. */
const reportSchema = z
  .array(
    z.strictObject({
      description: z.string().min(1),
      check_name: z.string().min(1),
      fingerprint: z.string().min(1),
      severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
      location: z.strictObject({
        path: z.string().regex(/^(?!\/|\.\/|\.\.)./),
        lines: z.strictObject({ begin: z.int().min(1) }),
      }),
    }),
  )
  .refine((issues) => new Set(issues.map(({ fingerprint }) => fingerprint)).size === issues.length);

const log = { write: () => undefined };
const signal = AbortSignal.timeout(60_000);

async function published(folder: string, of: ReturnType<typeof review>, codeQuality?: string) {
  await gitlab.publish(of, { environment: { CI_PROJECT_DIR: folder }, log, codeQuality, signal });
  const file = codeQuality ?? join(folder, 'gl-code-quality-report.json');
  const text = await readFile(file, 'utf8');
  expect(text.startsWith('[')).toBe(true);
  return reportSchema.parse(JSON.parse(text));
}

test('the report stands in the root of the project and has what GitLab reads', async () => {
  const folder = await folderWith({});
  const error = note({ severity: 'error', code: 'no_title', path: 'b.md', line: 1, message: 'has no title' });
  const report = await published(folder, review([error, note(), note({ path: null, line: null })]));
  expect(report).toEqual([
    {
      description: 'has no title',
      check_name: 'no_title',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      severity: 'major',
      location: { path: 'b.md', lines: { begin: 1 } },
    },
    expect.objectContaining({
      severity: 'minor',
      location: { path: 'blog/content/a.md', lines: { begin: 2 } },
    }),
  ]);
  expect(await readdir(folder)).toEqual(['gl-code-quality-report.json']);
});

test('a fingerprint stays when a line moves, and is no second one', async () => {
  const folder = await folderWith({});
  const [one, twin] = await published(folder, review([note(), note()]));
  const [moved] = await published(folder, review([note({ line: 9 })]));
  expect(moved?.fingerprint).toBe(one?.fingerprint);
  expect(twin?.fingerprint).not.toBe(one?.fingerprint);
});

test('a run without notes writes an empty report, wherever it is asked to', async () => {
  const folder = await folderWith({});
  expect(await published(folder, review([]), join(folder, 'reports/quality.json'))).toEqual([]);
});

test('what another verb of the job wrote stays, and what the same verb wrote goes', async () => {
  const folder = await folderWith({});
  await published(folder, review(warnings(3)));
  const finding = note({ code: 'no_image', path: 'public/index.html' });
  expect(await published(folder, review([finding], { verb: 'check' }))).toHaveLength(4);
  expect(await published(folder, review(warnings(1)))).toHaveLength(2);
});

test('a report that cannot be read is replaced', async () => {
  const folder = await folderWith({ 'gl-code-quality-report.json': '{"half' });
  expect(await published(folder, review([note()]))).toHaveLength(1);
});
