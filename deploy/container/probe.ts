/**
 * Runs inside the container, beside its own entry point: a Runtime API and a bucket on loopback. Sends one direct
 * Invoke, as the smoke test of a release does, and prints what came back and how long it took.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { rmSync, writeFileSync } from 'node:fs';

const DEADLINE_MS = 30_000;
/** Longer than any answer may take: a function that misses its deadline is distinguished from one that hangs. */
const PATIENCE_MS = 45_000;
const REQUEST_ID = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';
const request = {
  site: { name: 'og-sync' },
  posts: [
    { slug: 'hello', title: 'Hello from the container' },
    // In a script whose font only the container has.
    { slug: 'namaskar', title: 'কনটেইনার থেকে নমস্কার', lang: 'bn' },
  ],
};

const started = performance.now();
const since = (): number => Math.round(performance.now() - started);
const told: Record<string, unknown> = {};
let picture: Buffer = Buffer.alloc(0);

/** Lambda's file system can be written to in /tmp alone, by a user without rights: elsewhere this proves nothing. */
function writable(): string[] {
  return ['/', '/var/task', '/opt', '/opt/og-cache', '/home', '/var/tmp'].filter((folder) => {
    const file = `${folder}/og-sync-probe`;
    try {
      writeFileSync(file, '');
    } catch {
      return false;
    }
    rmSync(file);
    return true;
  });
}

async function listen(listener: RequestListener): Promise<{ server: Server; host: string }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, host: `127.0.0.1:${address.port}` };
}

async function bodyOf(request: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Takes every picture that is put. */
const bucket = await listen((request, response) => {
  void (async () => {
    const body = await bodyOf(request);
    if (request.method === 'PUT') {
      picture = body;
      told['firstImageMs'] ??= since();
    }
    response.writeHead(200, { etag: '"0123456789abcdef0123456789abcdef"' }).end();
  })();
});

let finish: (code: number) => void = () => undefined;
const finished = new Promise<number>((resolve) => (finish = resolve));
let invocations = 0;

/** The four calls of the Runtime API. The second question for work is never answered: the first answer ends the probe. */
const runtime = await listen((incoming, response) => {
  void (async () => {
    const body = (await bodyOf(incoming)).toString();
    const path = (incoming.url ?? '').replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') {
      invocations += 1;
      if (invocations > 1) return;
      told['readyMs'] = since();
      response.writeHead(200, {
        'lambda-runtime-aws-request-id': REQUEST_ID,
        'lambda-runtime-deadline-ms': String(Date.now() + DEADLINE_MS),
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:og',
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(request));
      return;
    }
    response.writeHead(202).end('{"status":"OK"}');
    told['answerMs'] = since();
    told[path.endsWith('/response') ? 'answer' : 'error'] = parse(body);
    finish(path.endsWith('/response') ? 0 : 1);
  })();
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const open = writable();
if (open.length > 0 || process.getuid?.() === 0) {
  process.stderr.write(`Not like Lambda: user ${process.getuid?.()}, writable: ${open.join(', ')}\n`);
  process.exit(1);
}

const command = process.argv.slice(2);
const child = spawn(command[0] ?? '/lambda-entrypoint.sh', command.slice(1), {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    AWS_LAMBDA_RUNTIME_API: runtime.host,
    AWS_ENDPOINT_URL_S3: `http://${bucket.host}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'probe',
    AWS_SECRET_ACCESS_KEY: 'probe',
    AWS_LAMBDA_FUNCTION_NAME: 'og',
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '2048',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/og',
    AWS_LAMBDA_LOG_STREAM_NAME: 'probe',
    LAMBDA_TASK_ROOT: process.env['LAMBDA_TASK_ROOT'] ?? '/var/task',
    OG_BUCKET: 'probe',
    OG_AUTH: 'iam',
  },
});
child.on('exit', (code) => {
  told['exit'] = code;
  finish(1);
});
child.on('error', (error) => {
  told['error'] = error.message;
  finish(1);
});
const timer = setTimeout(() => {
  told['error'] = `no answer within ${PATIENCE_MS} ms`;
  finish(1);
}, PATIENCE_MS);

let code = await finished;
clearTimeout(timer);
child.removeAllListeners('exit');
child.kill('SIGKILL');
const isJpeg = picture.length > 1000 && picture.readUInt16BE(0) === 0xff_d8;
if (!isJpeg) code = 1;
else writeFileSync('/tmp/card.jpg', picture);
process.stdout.write(`${JSON.stringify({ ...told, jpegBytes: isJpeg ? picture.length : null })}\n`);
process.exit(code);
