import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import {
  bitbucketSchema,
  githubSchema,
  gitlabJobSchema,
  makeWorkshop,
  readPipeline,
  stepsOf,
} from './testing/pipelines.ts';
import { BITBUCKET, deploy, ENV } from './testing/session.ts';
import type { Cloud } from './testing/cloud.ts';
import type { BitbucketStep, Workshop } from './testing/pipelines.ts';

const OWN = 'bitbucket-pipelines.yml';
/** The branches that are released from; every repository has one of them. */
const RELEASED = '{main,master}';
const BLOG = 'examples/pipelines/bitbucket-blog.yml';
const scripts = (steps: BitbucketStep[]): string[] => steps.flatMap(({ script }) => script);
const bitbucket = async (path: string) => bitbucketSchema.parse(await readPipeline(path));

describe('the pipelines say what they must:', () => {
  test('Bitbucket releases from the main branch alone, in the production environment, with an identity and enough memory', async () => {
    const { pipelines, definitions } = await bitbucket(OWN);
    const [tests, release] = stepsOf(pipelines.branches[RELEASED]);
    expect(tests?.script).toContain('.ci/run');
    expect(release).toMatchObject({ deployment: 'production', oidc: true, services: ['docker'] });
    expect(release?.script.slice(-2)).toEqual(['npx og-deploy image', 'npx og-deploy release']);
    expect(definitions.services?.['docker']?.memory).toBeGreaterThanOrEqual(2048);
    expect(Object.keys(pipelines.custom ?? {})).toEqual(['plan', 'rollback']);
    expect(stepsOf(pipelines.custom?.['rollback'])[0]).toMatchObject({
      deployment: 'production',
      oidc: true,
    });
    // A plan only reads, with a role of its own that any branch may have.
    const [plan] = stepsOf(pipelines.custom?.['plan']);
    expect([plan?.oidc, plan?.deployment, plan?.script.at(-1)]).toEqual([
      true,
      undefined,
      'AWS_ROLE_ARN="$AWS_PLAN_ROLE_ARN" npx og-deploy plan',
    ]);
    for (const step of stepsOf(pipelines['pull-requests']['**'])) expect(step.deployment).toBeUndefined();
  });

  test('what a step with an identity reads, no other branch has written: it has no cache', async () => {
    const { pipelines } = await bitbucket(OWN);
    const groups = [pipelines.branches, pipelines['pull-requests'], pipelines.custom ?? {}];
    const steps = groups.flatMap((group) => Object.values(group)).flatMap(stepsOf);
    const trusted = steps.filter(({ oidc, deployment }) => oidc === true || deployment !== undefined);
    expect(trusted.length).toBeGreaterThan(3);
    expect(trusted.flatMap(({ caches }) => caches ?? [])).toEqual([]);
  });

  test('a step that builds brings a docker command line where the runtime mounts none', async () => {
    const { image, pipelines } = await bitbucket(OWN);
    expect(image).toMatch(/-trixie$/); // Debian 12 has no docker-cli that today's daemons talk to.
    const building = [...Object.values(pipelines.branches), ...Object.values(pipelines['pull-requests'])]
      .flatMap(stepsOf)
      .filter(({ services }) => services?.includes('docker'));
    expect(building).toHaveLength(2);
    for (const { script } of building) expect(script[0]).toMatch(/^command -v docker \|\| .*docker-cli/);
  });

  test('every cache and service of a step is defined', async () => {
    for (const path of [OWN, BLOG]) {
      const { pipelines, definitions } = await bitbucket(path);
      const all = [
        pipelines.default,
        ...[pipelines.branches, pipelines['pull-requests'], pipelines.custom ?? {}].flatMap((group) =>
          Object.values(group),
        ),
      ];
      for (const step of all.flatMap(stepsOf)) {
        for (const cache of step.caches ?? [])
          expect(['docker', ...Object.keys(definitions.caches)]).toContain(cache);
        for (const service of step.services ?? [])
          expect(Object.keys(definitions.services ?? {})).toContain(service);
      }
    }
  });

  test('GitHub gives an identity to the jobs that need one, and the environment to the release', async () => {
    const deploying = githubSchema.parse(await readPipeline('examples/pipelines/github-deploy.yml'));
    expect(deploying.jobs['release']).toMatchObject({
      environment: 'production',
      permissions: { 'id-token': 'write' },
    });
    expect(deploying.permissions).toEqual({ contents: 'read' });
    const blog = githubSchema.parse(await readPipeline('examples/pipelines/github-blog.yml'));
    expect(blog.permissions['id-token']).toBe('write');
  });

  test('GitLab asks for a token with the audience that the trust policy names', async () => {
    for (const [path, name] of [
      ['gitlab-deploy', 'release'],
      ['gitlab-blog', 'site'],
    ] as const) {
      const file = (await readPipeline(`examples/pipelines/${path}.yml`)) as Record<string, unknown>;
      expect(gitlabJobSchema.parse(file[name]).id_tokens).toEqual({
        GITLAB_OIDC_TOKEN: { aud: 'sts.amazonaws.com' },
      });
    }
  });
});

describe('every line of a pipeline runs:', () => {
  const SIGNATURE = 'MARKER-OF-THE-TOKEN';
  const claims = {
    iss: 'https://api.bitbucket.org/x',
    aud: 'ari:cloud:bitbucket::workspace/1',
    sub: '{r}:{e}:{s}',
    exp: 2_000_000_000,
  };
  const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${SIGNATURE}`;
  let cloud: Cloud;
  let workshop: Workshop;
  let env: Record<string, string>;
  let printed: string;

  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());
  beforeEach(async () => {
    await cloud.reset();
    cloud.script(healthy);
    await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
    workshop = await makeWorkshop();
    printed = '';
    env = {
      ...ENV,
      AWS_ENDPOINT_URL: cloud.url,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/og-deployer',
      AWS_PLAN_ROLE_ARN: 'arn:aws:iam::123456789012:role/og-plan',
      BITBUCKET_STEP_OIDC_TOKEN: TOKEN,
      BITBUCKET_BUILD_NUMBER: '12',
    };
  });
  afterEach(() => workshop.remove());

  async function lines(script: readonly string[], more: Record<string, string> = {}): Promise<void> {
    for (const line of script) {
      const { code, output } = await workshop.line(line, { ...env, ...more });
      printed += output;
      expect(`${line}: ${code}\n${code === 0 ? '' : output}`).toBe(`${line}: 0\n`);
    }
  }

  test(
    'Bitbucket, main twice, then plan and rollback; and the token is in no output, process or environment',
    { timeout: 120_000 },
    async () => {
      const { pipelines } = await bitbucket(OWN);
      const main = scripts(stepsOf(pipelines.branches[RELEASED]));
      await lines(main);
      await lines(main, { BITBUCKET_COMMIT: 'c0ffee2' });
      await lines(scripts(stepsOf(pipelines.custom?.['plan'])), { BITBUCKET_COMMIT: 'c0ffee2' });
      expect(printed).toContain('nothing to do');
      await lines(scripts(stepsOf(pipelines.custom?.['rollback'])), { VERSION: '' });
      expect(printed).toContain('Version 1 is live');
      await lines(scripts(stepsOf(pipelines.custom?.['rollback'])), { VERSION: '2' });
      expect(printed).toContain('Version 2 is live');
      await lines(['npx og-deploy status --debug-oidc']);
      expect(printed).toContain('{r}:{e}:{s}');

      const calls = await workshop.calls();
      expect(calls).toContain(
        'CALL docker build --build-arg COMMIT=c0ffee1 --build-arg TEMPLATES=templates --tag 123456789012.dkr.ecr.eu-central-1.amazonaws.com/og-sync:c0ffee1 .',
      );
      expect(calls).toContain(
        'CALL docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-central-1.amazonaws.com',
      );
      expect(calls).toContain('CALL docker logout');
      const requests = cloud.raw.filter((request) => !request.startsWith('sts:AssumeRoleWithWebIdentity'));
      expect(cloud.raw.length - requests.length).toBeGreaterThan(5);
      expect([printed, calls, requests.join('\n')].filter((text) => text.includes(SIGNATURE))).toEqual([]);
    },
  );

  test('Bitbucket, a pull request with a role of its own pushes to its own repository, and without one only builds', async () => {
    const { pipelines } = await bitbucket(OWN);
    const script = scripts(stepsOf(pipelines['pull-requests']['**']));
    cloud.seen.length = 0;
    await lines(script, {
      BITBUCKET_PR_ID: '7',
      AWS_PR_ROLE_ARN: 'arn:aws:iam::123456789012:role/og-pull-request',
    });
    expect(await workshop.calls()).toContain(
      'CALL docker push 123456789012.dkr.ecr.eu-central-1.amazonaws.com/og-sync-pr:pr-7-c0ffee1',
    );
    expect([...new Set(cloud.seen)].sort()).toEqual([
      'ecr:GetAuthorizationToken',
      'ecr:PutImage',
      'sts:AssumeRoleWithWebIdentity',
      'sts:GetCallerIdentity',
    ]);
    await lines(script, { BITBUCKET_PR_ID: '7' });
    expect(await workshop.calls()).toContain('CALL docker build --tag og-sync:pull-request .');
  });

  test('a pull request cannot release', async () => {
    const { code, output } = await workshop.line('npx og-deploy release', {
      ...env,
      BITBUCKET_PR_ID: '7',
    });
    expect([code, output]).toEqual([2, expect.stringContaining('pull request 7')]);
  });

  test('GitHub and GitLab, deploying', { timeout: 120_000 }, async () => {
    const github = githubSchema.parse(await readPipeline('examples/pipelines/github-deploy.yml'));
    await lines(Object.values(github.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? [])));
    const gitlab = (await readPipeline('examples/pipelines/gitlab-deploy.yml')) as Record<string, unknown>;
    const { BITBUCKET_STEP_OIDC_TOKEN, BITBUCKET_COMMIT: _, ...rest } = env;
    env = { ...rest, GITLAB_OIDC_TOKEN: BITBUCKET_STEP_OIDC_TOKEN ?? '', CI_COMMIT_SHA: 'c0ffee3' };
    await lines([gitlab['test'], gitlab['release']].flatMap((job) => gitlabJobSchema.parse(job).script));
    expect(printed).toContain('export OG_FUNCTION_URL=http');
  });

  test('the builds of blogs', async () => {
    const { pipelines } = await bitbucket(BLOG);
    const github = githubSchema.parse(await readPipeline('examples/pipelines/github-blog.yml'));
    const gitlab = (await readPipeline('examples/pipelines/gitlab-blog.yml')) as Record<string, unknown>;
    await lines([
      ...scripts([...stepsOf(pipelines.branches[RELEASED]), ...stepsOf(pipelines['pull-requests']['**'])]),
      ...Object.values(github.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? [])),
      ...gitlabJobSchema.parse(gitlab['site']).script,
    ]);
    const synced = (await workshop.calls()).match(/CALL npx og-sync --store s3:\/\/blog-images\/images\n/g);
    expect(synced).toHaveLength(3);
    await lines(scripts(stepsOf(pipelines.branches[RELEASED])), { OG_PREFIX: 'cards' });
    expect(await workshop.calls()).toContain('CALL npx og-sync --store s3://blog-images/cards\n');
  });
});
