/**
 * Lets no answer pass that S3 did not give. A captive portal, a web server or a wrong port answers 200 as well, and the SDK
 * takes each 200 for success.
 */
import { Readable } from 'node:stream';
import type { S3Client, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-s3';

/** What was answered by something that is not S3. The message says from where and what. */
export class NotS3Error extends Error {
  /** The SDK tries again what has this property: a load balancer answers 502 while S3 is well. */
  readonly $retryable: object | undefined;

  constructor(message: string, options: { retryable: boolean }) {
    super(message);
    this.name = 'NotS3Error';
    this.$retryable = options.retryable ? {} : undefined;
  }
}

interface Answer {
  statusCode: number;
  headers: Record<string, string | undefined>;
  body?: Readable;
}

/** The root element of the answers that have one. The others carry the ETag of an object, and PUT no body. */
const ROOTS: Record<string, string> = {
  ListObjectsV2Command: 'ListBucketResult',
  DeleteObjectsCommand: 'DeleteResult',
};
/** A listing of 1,000 keys of 1,024 bytes, URL-encoded, has 4 MB. */
const MOST_BYTES = 16 << 20;
const SHOWN = 120;

/** What the SDK calls a "deserialize" middleware: it sees the answer before it is parsed. */
interface Sending {
  input: ServiceInputTypes;
  request: unknown;
}
type Send = (args: Sending) => Promise<{ response: unknown; output: ServiceOutputTypes }>;

/** Makes a client refuse answers that are not S3's, by throwing `NotS3Error`. */
export function refuseForeignAnswers(client: S3Client): void {
  client.middlewareStack.addRelativeTo(
    (next: Send, { commandName = '' }: { commandName?: string }) =>
      async (args: Sending) => {
        const result = await next(args);
        await inspect(commandName, result.response as Answer, args.request as Address);
        return result;
      },
    { name: 'refuseForeignAnswers', relation: 'after', toMiddleware: 'deserializerMiddleware' },
  );
}

interface Address {
  protocol: string;
  hostname: string;
  port?: number;
}

async function inspect(command: string, answer: Answer, from: Address): Promise<void> {
  const { statusCode, headers } = answer;
  if (command === 'HeadObjectCommand' && statusCode >= 300) return;
  if (command === 'HeadObjectCommand' || (command === 'GetObjectCommand' && statusCode < 300)) {
    // 206: a part of it, as asked for.
    if ((statusCode === 200 || statusCode === 206) && headers['etag'] && headers['last-modified']) return;
    throw foreign(answer, '', from);
  }
  const text = await take(answer, from);
  const root = rootOf(text);
  if (statusCode >= 300) {
    // Some makes of S3 send no document with an error: then its status says all there is.
    if (text.trim() === '' || root === 'Error') return;
    throw foreign(answer, text, from);
  }
  const expected = ROOTS[command];
  if (expected === undefined ? headers['etag'] && text === '' : root === expected) {
    if (statusCode === 200) return;
  } else if (root === 'Error') {
    // S3 may find out that it failed after it has begun to answer: https://repost.aws/knowledge-center/s3-resolve-200-internalerror
    answer.statusCode = 503;
    return;
  }
  throw foreign(answer, text, from);
}

/** The body as text; it is put back for whoever reads it next. */
async function take(answer: Answer, from: Address): Promise<string> {
  if (answer.body === undefined) return '';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    chunks.push(chunk);
    if (bytes > MOST_BYTES) throw foreign(answer, Buffer.concat(chunks).toString('utf8'), from);
  }
  // A byte order mark is no content to anybody but the SDK's parser.
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  answer.body = Readable.from(text === '' ? [] : [Buffer.from(text)]);
  return text;
}

/** The name of an XML document's root element without its prefix, or null for anything else. */
function rootOf(text: string): string | null {
  const start = text.slice(0, 1000).trimStart();
  const from = start.startsWith('<?') ? start.slice(start.indexOf('?>') + 2).trimStart() : start;
  return /^<(?:[\w-]+:)?([A-Za-z]\w*)[\s/>]/.exec(from)?.[1] ?? null;
}

function foreign({ statusCode, headers }: Answer, text: string, from: Address): NotS3Error {
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no content type';
  const line = text.slice(0, 1000).replaceAll(/\s+/g, ' ').trim();
  const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  const port = from.port === undefined ? '' : `:${from.port}`;
  const what = `HTTP ${statusCode}, ${type}, ${shown === '' ? 'and nothing else' : JSON.stringify(shown)}`;
  return new NotS3Error(`${from.protocol}//${from.hostname}${port} answered ${what}`, {
    retryable: statusCode >= 500,
  });
}
