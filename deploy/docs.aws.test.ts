/** docs/deploy.md, walked from an empty account by the letter: its lines are run as they stand, with the reader's own names. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import { blog, production } from './testing/identity.ts';
import { bitbucketSchema, makeWorkshop, readPipeline, stepsOf } from './testing/pipelines.ts';
import { BITBUCKET } from './testing/session.ts';
import { visit } from './testing/visitor.ts';
import type { Cloud } from './testing/cloud.ts';
import type { Workshop } from './testing/pipelines.ts';

const ROOT = join(import.meta.dirname, '..');

let cloud: Cloud;
let workshop: Workshop;
beforeAll(async () => {
  cloud = await startCloud();
  await cloud.reset();
  cloud.script(healthy);
  workshop = await makeWorkshop();
});
afterAll(async () => {
  await workshop.remove();
  await cloud.stop();
});

/** The lines of the page that are to be typed or set, from one heading to another. */
async function linesOf(from: string, to: string): Promise<string[]> {
  const page = await readFile(join(ROOT, 'docs/deploy.md'), 'utf8');
  const part = page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
  return part.split('\n').flatMap((line) => (/^ {4,}\S/.test(line) ? [line.trim()] : []));
}

/** The reader's own names and identifiers in the place of those the page leaves open. */
function filledIn(line: string): string {
  return line
    .replaceAll(
      /(BITBUCKET_\w+|BLOG_\w+)='\{…\}'/g,
      (_, name: string) => `${name}='${(BITBUCKET as Record<string, string>)[name]}'`,
    )
    .replaceAll('=SLUG', `=${BITBUCKET.BITBUCKET_WORKSPACE}`)
    .replaceAll('=BUCKET', '=blog-images')
    .replaceAll('ECR_REPO=og-sync FUNCTION_NAME=og-sync', 'ECR_REPO=og-sync FUNCTION_NAME=og');
}

/** `NAME   value   (note)` lines, as they are typed into Bitbucket's variables. */
function variablesOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => /^([A-Z_]+) +(\S+)/.exec(line));
  return Object.fromEntries(
    pairs.flatMap((pair) =>
      pair === null
        ? []
        : [
            [
              pair[1] ?? '',
              (pair[2] ?? '')
                .replace('ACCOUNT', '123456789012')
                .replace('og-sync-', 'og-')
                .replace('BUCKET', 'blog-images'),
            ],
          ],
    ),
  );
}

test(
  'bootstrap, the pipeline, the blog: line by line, with the roles and their policies enforced',
  { timeout: 120_000 },
  async () => {
    const owner = {
      AWS_ENDPOINT_URL: cloud.url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
    };
    const typed = (await linesOf('**2. On your machine**', '`bootstrap --apply` may be run again')).map(
      filledIn,
    );
    expect(typed.filter((line) => line.startsWith('npx og-deploy bootstrap'))).toHaveLength(2);
    const setUp = await workshop.line(typed.join('\n'), owner);
    expect([setUp.code, setUp.output]).toEqual([0, expect.stringContaining('AWS_PLAN_ROLE_ARN')]);

    cloud.enforce();
    const variables = variablesOf(await linesOf('**3. In Bitbucket again**', '**4. Push'));
    expect(Object.keys(variables)).toEqual([
      'AWS_REGION',
      'AWS_ROLE_ARN',
      'AWS_PLAN_ROLE_ARN',
      'AWS_PR_ROLE_ARN',
      'ECR_REPO',
      'FUNCTION_NAME',
      'OG_BUCKET',
    ]);
    for (const [name, arn] of Object.entries(variables).filter(([name]) => name.endsWith('_ARN')))
      expect([name, setUp.output.includes(arn)]).toEqual([name, true]);
    const { pipelines } = bitbucketSchema.parse(await readPipeline('bitbucket-pipelines.yml'));
    const step = {
      ...variables,
      FUNCTION_NAME: 'og',
      AWS_ENDPOINT_URL: cloud.url,
      BITBUCKET_COMMIT: 'c0ffee1',
      BITBUCKET_STEP_OIDC_TOKEN: production()['BITBUCKET_STEP_OIDC_TOKEN'] ?? '',
    };
    const [, release] = stepsOf(Object.values(pipelines.branches)[0]);
    let printed = '';
    for (const line of release?.script ?? []) {
      const { code, output } = await workshop.line(line, step);
      expect([line, code, code === 0 ? '' : output]).toEqual([line, 0, '']);
      printed += output;
    }

    // What the release prints is what the page shows, and all that the blog's pipeline reads.
    const shown = await linesOf('**4. Push', '**5. In the blog');
    const exported = printed.match(/^ {2}export .*$/gm)?.map((line) => line.trim()) ?? [];
    expect(shown.filter((line) => line.startsWith('export')).map((line) => line.split('=')[0])).toEqual(
      exported.map((line) => line.split('=')[0]),
    );
    const blogPipeline = bitbucketSchema.parse(await readPipeline('examples/pipelines/bitbucket-blog.yml'));
    const [images] = stepsOf(Object.values(blogPipeline.pipelines.branches)[0]);
    const built = await workshop.line(`set -u\n${[...exported, ...(images?.script ?? [])].join('\n')}`, {});
    expect([built.code, built.output]).toEqual([0, '']);
    expect(await workshop.calls()).toContain('CALL npx og-sync --store s3://blog-images/images\n');
    const url = /OG_FUNCTION_URL=(\S+)/.exec(printed)?.[1] ?? '';
    expect([await visit(cloud, url, blog()), await visit(cloud, url, 'stranger')]).toEqual([200, 403]);
    expect(cloud.refused).toEqual([]);
  },
);
