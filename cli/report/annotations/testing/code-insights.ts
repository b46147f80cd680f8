/**
 * A stand-in for the proxy of a Bitbucket pipeline with the reports API behind it. It takes what the API's documentation
 * describes and refuses everything else: https://developer.atlassian.com/cloud/bitbucket/rest/api-group-reports/
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const line = z.string().max(450);
const long = z.string().max(2000);
const address = z.url();
const dataSchema = z.discriminatedUnion('type', [
  z.strictObject({ title: line, type: z.literal('BOOLEAN'), value: z.boolean() }),
  z.strictObject({ title: line, type: z.enum(['DATE', 'DURATION', 'NUMBER']), value: z.number() }),
  z.strictObject({ title: line, type: z.literal('PERCENTAGE'), value: z.number().min(0).max(100) }),
  z.strictObject({ title: line, type: z.literal('TEXT'), value: line }),
  z.strictObject({
    title: line,
    type: z.literal('LINK'),
    value: z.strictObject({ text: line, href: address }),
  }),
]);
const reportSchema = z.strictObject({
  title: line.min(1),
  details: long.min(1),
  report_type: z.enum(['SECURITY', 'COVERAGE', 'TEST', 'BUG']),
  reporter: line.optional(),
  link: address.optional(),
  logo_url: address.optional(),
  remote_link_enabled: z.boolean().optional(),
  result: z.enum(['PASSED', 'FAILED', 'PENDING']).optional(),
  data: z.array(dataSchema).max(10).optional(),
});
const annotationSchema = z.strictObject({
  external_id: line.min(1),
  annotation_type: z.enum(['VULNERABILITY', 'CODE_SMELL', 'BUG']),
  summary: line.min(1),
  details: long.optional(),
  result: z.enum(['PASSED', 'FAILED', 'IGNORED', 'SKIPPED']).optional(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']).optional(),
  path: long
    .min(1)
    .regex(/^(?![/.])/)
    .optional(),
  line: z.int().min(0).optional(),
  link: address.optional(),
});

type CodeReport = z.infer<typeof reportSchema>;
type CodeAnnotation = z.infer<typeof annotationSchema>;

export interface CodeInsights {
  /** The address of the proxy. */
  proxy: string;
  /** `PUT http://…`, in the order they came, refused ones too. */
  requests: string[];
  /** By id. */
  reports: Map<string, { report: CodeReport; annotations: Map<string, CodeAnnotation> }>;
  /** Annotations of each request that was taken. */
  batches: number[];
  /** Each refusal and its reason. */
  refusals: string[];
  stop(): Promise<void>;
}

const WHOLE =
  /^http:\/\/api\.bitbucket\.org\/2\.0\/repositories\/([^/]+)\/([^/]+)\/commit\/([0-9a-f]{7,40})\/reports\/([\w-]{1,450})(\/annotations)?$/;

/** `answer`: a status for every request, or never an answer. */
export async function startCodeInsights(answer?: number | 'never'): Promise<CodeInsights> {
  const requests: string[] = [];
  const reports: CodeInsights['reports'] = new Map();
  const batches: number[] = [];
  const refusals: string[] = [];

  function take(
    method: string,
    url: string,
    host: string | undefined,
    type: string | undefined,
    body: string,
  ): number {
    const [, , , , id = '', annotations] = WHOLE.exec(url) ?? [];
    if (id === '') throw new Error(`no such address: ${url}`);
    if (host !== 'api.bitbucket.org') throw new Error(`the host is ${host}`);
    if (type !== 'application/json') throw new Error(`the body is ${type}`);
    if (method === 'PUT' && annotations === undefined) {
      const report = reportSchema.parse(JSON.parse(body));
      reports.set(id, { report, annotations: reports.get(id)?.annotations ?? new Map() });
      return 200;
    }
    if (method !== 'POST' || annotations === undefined) throw new Error(`${method} is not allowed`);
    const known = reports.get(id);
    if (known === undefined) throw new Error(`there is no report ${id}`);
    const batch = z.array(annotationSchema).min(1).max(100).parse(JSON.parse(body));
    if (new Set(batch.map((one) => one.external_id)).size < batch.length)
      throw new Error('an external_id twice');
    for (const one of batch) known.annotations.set(one.external_id, one);
    if (known.annotations.size > 1000) throw new Error('more than 1000 annotations');
    batches.push(batch.length);
    return 200;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await text(request);
    requests.push(`${method} ${url}`);
    if (answer === 'never') return;
    try {
      response.statusCode = answer ?? take(method, url, headers.host, headers['content-type'], body);
      response.end('{}');
    } catch (error) {
      refusals.push(String(error));
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ type: 'error', error: { message: String(error) } }));
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  // A proxy asked for https is asked to connect: this one signs plain requests alone.
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    proxy: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    reports,
    batches,
    refusals,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
