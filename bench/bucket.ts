/**
 * Times the CLI against a bucket with nothing to do: `node bench/bucket.ts --posts 10000`, after `npm run build`. The function and
 * the bucket are small stubs on loopback, so that what is measured is the CLI: its own CPU time and its peak memory.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { formatIndex } from '../cli/inventory/index-cache.ts';
import type { ReportDocument } from '../cli/report/document.ts';
import { LIMITS } from '../function/contract.ts';
import type { Description } from '../function/contract.ts';
import { PACKAGE_ROOT, VERSION } from '../function/package.ts';

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '10000' }, runs: { type: 'string', default: '3' } },
});
const posts = Number(values.posts);
const runs = Number(values.runs);
const run = promisify(execFile);
const PAGE = 1000;

const description: Description = {
  name: 'og-sync',
  version: VERSION,
  chromium: null,
  store: 's3://pictures/images/',
  templates: { default: { digest: 'd'.repeat(64) } },
  limits: LIMITS,
};

/** What the bucket holds: key and fingerprint. */
let held: [key: string, fingerprint: string][] = [];
const etagOf = (fingerprint: string): string => fingerprint.slice(0, 32);

function listing(from: number): string {
  const contents = held
    .slice(from, from + PAGE)
    .map(
      ([key, fingerprint]) =>
        `<Contents><Key>images/${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"${etagOf(fingerprint)}"</ETag><Size>30000</Size></Contents>`,
    );
  const next =
    from + PAGE < held.length ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

function index(): string {
  return formatIndex(new Map(held.map(([key, fingerprint]) => [key, [etagOf(fingerprint), fingerprint]])));
}

const bucket: RequestListener = ({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  if (searchParams.has('list-type'))
    response.end(listing(Number(searchParams.get('continuation-token') ?? 0)));
  else if (pathname.endsWith('/index.json')) response.setHeader('etag', '"1"').end(index());
  else response.writeHead(500).end(`not expected: ${url}`);
};

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Told by the process itself when it ends, on stderr. */
const METER = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write('METER ' + JSON.stringify({ cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1000 }) + '\\n');
});`;

const folder = await mkdtemp(join(tmpdir(), 'og-bench-'));
const store = await listen(bucket);
const described = await listen((_request, response) => void response.end(JSON.stringify(description)));

async function measure(
  ...args: string[]
): Promise<{ document: ReportDocument; cpuMs: number; peakMB: number }> {
  const { stdout, stderr } = await run(
    process.execPath,
    [join(PACKAGE_ROOT, 'dist/og-sync.js'), ...args, '--json', '--function', described.url, '--auth', 'none'],
    {
      cwd: folder,
      maxBuffer: 1 << 30,
      env: {
        ...process.env,
        CI: 'true',
        NODE_OPTIONS: `--import ${join(folder, 'meter.mjs')}`,
        AWS_ENDPOINT_URL_S3: store.url,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        AWS_CONFIG_FILE: devNull,
        AWS_SHARED_CREDENTIALS_FILE: devNull,
      },
    },
  );
  const meter = JSON.parse(/METER (.*)/.exec(stderr)?.[1] ?? '{}') as { cpuMs: number; peakMB: number };
  return { document: JSON.parse(stdout) as ReportDocument, ...meter };
}

try {
  await writeFile(join(folder, 'meter.mjs'), METER);
  await mkdir(join(folder, 'content'));
  for (let at = 0; at < posts; at += 1)
    await writeFile(
      join(folder, 'content', `post-${at}.md`),
      `---\ntitle: Post number ${at}\ndescription: What there is to say about ${at}.\ndate: 2026-01-02\ntags: [a, b]\n---\nText.\n`,
    );
  const { document } = await measure('plan');
  held = document.images.map(({ key, fingerprint }) => [key, fingerprint ?? '']);
  for (let turn = 1; turn <= runs; turn += 1) {
    const { document, cpuMs, peakMB } = await measure();
    const { unchanged, durationMs } = document.summary;
    console.log(
      `run ${turn}: ${unchanged} of ${posts} unchanged, ${Math.round(cpuMs)} ms CPU, ${durationMs} ms, peak ${Math.round(peakMB)} MB`,
    );
  }
} finally {
  store.server.close();
  described.server.close();
  await rm(folder, { recursive: true, force: true });
}
