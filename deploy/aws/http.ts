/** HTTP by Node's own client, through the proxy that the environment names. Loads no SDK. */
import { once } from 'node:events';
import type { Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { DeployError } from '../error.ts';
import type { Env } from './oidc.ts';

/** As the SDK's request handlers take them. */
export interface Agents {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
}

/** In the order Node looks: of two spellings, the lower case one counts. */
const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const;
const EXCEPTIONS = ['no_proxy', 'NO_PROXY'] as const;
/** No proxy reaches this machine's own servers. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/**
 * An `import` of node:http also loads what hangs on its getters, a WebSocket client among it: 50 ms at the start of a run that
 * may send nothing.
 */
const nodeHttp = () => process.getBuiltinModule('node:http');
const nodeHttps = () => process.getBuiltinModule('node:https');
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Agents that go through the proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`; undefined where none is named.
 * @throws DeployError `inputs` for a proxy that is no http or https address, or a Node that knows no proxies.
 */
export function proxyAgents(env: Env): Agents | undefined {
  const proxyEnv: Record<string, string> = {};
  for (const name of [...PROXIES, ...EXCEPTIONS]) {
    const value = env[name]?.trim();
    if (value) proxyEnv[name] = value;
  }
  const named = PROXIES.filter((name) => name in proxyEnv);
  if (named.length === 0) return undefined;
  for (const name of named)
    if (!/^https?:$/.test(URL.parse(proxyEnv[name] ?? '')?.protocol ?? ''))
      throw new DeployError(
        'inputs',
        `${name} is not the address of a proxy.`,
        'Write it as http://host:port, with user:password@ before the host where the proxy asks for it.',
      );
  if (!knowsProxies(process.versions.node))
    throw new DeployError(
      'inputs',
      `${named.join(' and ')} cannot be used by Node ${process.versions.node}.`,
      'Use Node 24.5 or newer (or 22.21 and newer of 22), or unset the variable.',
    );
  const exceptions = [proxyEnv['no_proxy'] ?? proxyEnv['NO_PROXY'], ...LOOPBACK].filter(Boolean);
  const options = { keepAlive: true, proxyEnv: { ...proxyEnv, no_proxy: exceptions.join(',') } };
  return { httpAgent: new (nodeHttp().Agent)(options), httpsAgent: new (nodeHttps().Agent)(options) };
}

/** Whether the agents of this Node read `proxyEnv`: https://nodejs.org/api/http.html#built-in-proxy-support */
export function knowsProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

export interface Sending {
  url: URL;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  agents?: Agents | undefined;
  /** Bytes of an answer at most; more is an error. */
  mostBytes: number;
  /** Breaks the exchange off. */
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/**
 * Sends one request and reads the whole answer; follows no redirect. Throws what Node throws, and the signal's reason.
 */
export async function send(options: Sending): Promise<Answer> {
  const { url, method, headers, body, agents, mostBytes, signal } = options;
  const secure = url.protocol === 'https:';
  const agent = secure ? agents?.httpsAgent : agents?.httpAgent;
  const request = (secure ? nodeHttps() : nodeHttp()).request(url, {
    method,
    headers,
    signal,
    ...(agent !== undefined && { agent }),
  });
  request.on('socket', (socket) => {
    if (!socket.connecting) return;
    const late = (): void => void socket.destroy(connectTimeout());
    const timer = setTimeout(late, CONNECT_TIMEOUT_MS);
    const settled = (): void => clearTimeout(timer);
    socket.once('connect', settled).once('close', settled);
  });
  try {
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const text = await read(response, mostBytes);
    return { status: response.statusCode ?? 0, headers: response.headers, text };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function connectTimeout(): Error {
  return Object.assign(new Error(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`), {
    code: 'CONNECT_TIMEOUT',
  });
}

async function read(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
