/**
 * Bitbucket: Code Insights, through the proxy of the pipeline, which signs requests to the API. There is no credential.
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-reports/
 * https://support.atlassian.com/bitbucket-cloud/docs/code-insights/
 */
import type { Environment } from '../../../config/settings.ts';
import { digestsOf } from '../digests.ts';
import { titleOf } from '../review.ts';
import type { Figure, Review } from '../review.ts';
import { summaryText } from '../summary.ts';
import { cutTo } from '../text.ts';
import { variable } from './ci.ts';
import type { Ci } from './ci.ts';
import { sendThrough } from './proxy.ts';

/** The proxy signs plain HTTP alone. */
const API = 'http://api.bitbucket.org/2.0';
const PROXY = 'http://localhost:29418';
/** The same proxy, as the container of a pipe names it. */
const PIPE_PROXY = 'http://host.docker.internal:29418';
/** Annotations of a report, and of a request. */
const MOST = 1_000;
const AT_ONCE = 100;
/** Characters of a title or a summary, of details, of a path. */
const SHORT = 450;
const LONG = 2_000;

export const bitbucket: Ci = {
  name: 'Bitbucket',
  isHere: ({ BITBUCKET_BUILD_NUMBER }) => Boolean(BITBUCKET_BUILD_NUMBER),
  root: (environment) => environment['BITBUCKET_CLONE_DIR'],
  async publish(review, { environment, signal }) {
    const parts = ['BITBUCKET_WORKSPACE', 'BITBUCKET_REPO_SLUG', 'BITBUCKET_COMMIT'] as const;
    const [workspace = '', slug = '', commit = ''] = parts.map((name) =>
      encodeURIComponent(variable(environment, name)),
    );
    const report = `${API}/repositories/${workspace}/${slug}/commit/${commit}/reports/${idOf(review)}`;
    const proxy = proxyOf(environment);
    await sendThrough(proxy, { method: 'PUT', url: report, body: reportOf(review, environment), signal });
    const annotations = annotationsOf(review);
    for (let at = 0; at < annotations.length; at += AT_ONCE)
      await sendThrough(proxy, {
        method: 'POST',
        url: `${report}/annotations`,
        body: annotations.slice(at, at + AT_ONCE),
        signal,
      });
  },
};

/** Where the proxy of a step is. */
export function proxyOf(environment: Environment): URL {
  const given = environment['OG_BITBUCKET_PROXY'];
  if (given) return new URL(given);
  return new URL(environment['BITBUCKET_PIPE_STORAGE_DIR'] ? PIPE_PROXY : PROXY);
}

/** Each verb, and each blog of a repository, has a report of its own. */
function idOf({ verb, folder }: Review): string {
  return folder === '' ? `og-sync-${verb}` : `og-sync-${verb}-${digestsOf([[folder]])[0]?.slice(0, 8)}`;
}

function reportOf(review: Review, environment: Environment): object {
  const { figures, site } = review;
  const origin = environment['BITBUCKET_GIT_HTTP_ORIGIN'];
  const build = environment['BITBUCKET_BUILD_NUMBER'];
  return {
    title: cutTo(titleOf(review), SHORT),
    details: cutTo(summaryText(review), LONG),
    report_type: 'TEST',
    reporter: 'og-sync',
    // What fails a build is the exit code alone.
    result: 'PASSED',
    ...(origin && build && { link: `${origin}/pipelines/results/${encodeURIComponent(build)}` }),
    data: [...figures.map(dataOf), ...(site === null ? [] : [linkTo(site)])],
  };
}

function dataOf({ name, value, unit }: Figure): object {
  return { title: name, type: unit === 'ms' ? 'DURATION' : 'NUMBER', value };
}

function linkTo(site: string): object {
  return { title: 'Site', type: 'LINK', value: { text: new URL(site).host, href: site } };
}

/** Without a path it is shown with the report alone. */
interface Annotation {
  external_id: string;
  annotation_type: 'BUG' | 'CODE_SMELL';
  severity: 'HIGH' | 'MEDIUM';
  summary: string;
  details: string;
  path?: string;
  line?: number;
}

function annotationsOf({ notes }: Review): Annotation[] {
  const shown = notes.slice(0, MOST);
  const digests = digestsOf(
    shown.map(({ path, line, code, message }) => [path ?? '', String(line), code, message]),
  );
  return shown.map(({ severity, code, name, path, line, message }, at) => {
    const annotation: Annotation = {
      external_id: `og-sync-${digests[at]}`,
      annotation_type: severity === 'error' ? 'BUG' : 'CODE_SMELL',
      severity: severity === 'error' ? 'HIGH' : 'MEDIUM',
      summary: cutTo(message, SHORT),
      details: cutTo(`${message}\n${code}: ${name}`, LONG),
    };
    if (path === null || path.length > LONG) return annotation;
    return Object.assign(annotation, { path, line: line ?? 1 });
  });
}
