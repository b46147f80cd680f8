/** `og-sync serve` */
import { once } from 'node:events';
import type { Access } from '../../../function/http/auth.ts';
import type { AppOptions } from '../../../function/app.ts';
import { FunctionError } from '../../../function/contract.ts';
import type { Output } from '../../../function/contract.ts';
import { isLoopback } from '../../../function/http/guard.ts';
import { createLog } from '../../../function/log.ts';
import { shownPath } from '../../config/paths.ts';
import {
  localAddress,
  openApp,
  openPictures,
  openRenderer,
  openStoreAt,
  watchOwnTemplates,
} from '../../wiring.ts';
import type { Config } from '../../config/config.ts';
import { CliError } from '../../errors.ts';
import { checkedToken } from '../../dispatch/signer.ts';
import { loadSite } from '../../pictures/site.ts';
import { configureServer } from '../shell.ts';
import type { ServeFlags } from './flags.ts';
import type { Shell } from '../shell.ts';

const PORT = 3000;
const HOST = '127.0.0.1';

/** Who may call. On an address that others reach, callers show a token. */
function access({ flags, settings }: Shell<ServeFlags>, host: string): Access {
  const local = isLoopback(host);
  const kind = flags.auth ?? (local ? 'none' : 'token');
  if (kind === 'none' && local) return { auth: 'none' };
  if (kind === 'none')
    throw new CliError(
      'usage',
      `Others reach ${host}, so callers must show a token; --auth none is for this machine alone.`,
      'Set OG_FUNCTION_TOKEN to a long random text and leave --auth out, or leave --host out.',
    );
  if (kind !== 'token')
    throw new CliError(
      'usage',
      `--auth of serve must be none or token; found ${JSON.stringify(kind)}.`,
      'AWS verifies signatures (iam), not this server.',
    );
  if (settings.functionToken !== undefined)
    return { auth: 'token', token: checkedToken(settings.functionToken) };
  throw new CliError(
    'usage',
    'Callers must show a token, but OG_FUNCTION_TOKEN is not set.',
    'Set OG_FUNCTION_TOKEN to a long random text.',
  );
}

/** `GET /image` has the first output, and each by its name. */
function outputOptions({ output, outputs }: Config): Pick<AppOptions, 'output' | 'outputs'> {
  const named = outputs.flatMap(({ name, output: one }): [string, Output][] =>
    name === null ? [] : [[name, one]],
  );
  return { output, outputs: new Map(named) };
}

function portError(cause: unknown, port: number, host: string): unknown {
  if (!(cause instanceof Error) || cause instanceof FunctionError || !('code' in cause)) return cause;
  const reason = cause.code === 'EADDRINUSE' ? 'it is in use' : String(cause.code);
  return new CliError(
    'usage',
    `Port ${port} of ${host} cannot be had: ${reason}.`,
    'Choose another with --port.',
    {
      cause,
    },
  );
}

/** Runs until Ctrl-C. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function serveCommand(shell: Shell<ServeFlags>): Promise<number> {
  const { flags, settings, cwd, signal, stdout, stderr } = shell;
  const { port = PORT, host = HOST } = flags;
  const allowed = access(shell, host);
  const config = await configureServer(shell);
  const level = flags.verbose === true ? 'debug' : flags.quiet === true ? 'error' : 'info';
  const log = createLog(
    (line) => void stderr.write(`${line}\n`),
    level,
    () => new Date(),
  );
  const [site, store] = await Promise.all([
    loadSite(config, openPictures(config, settings, signal)),
    openStoreAt(localAddress(config), settings),
  ]);
  const templates = await watchOwnTemplates(config, settings, log);
  const { startServer } = await import('../../../function/http/serve.ts');
  const renderer = await openRenderer(settings);
  const app = await openApp({ renderer, store, templates, log, site, ...outputOptions(config) });
  try {
    const server = await startServer(app, { port, host, access: allowed, log }).catch((cause: unknown) => {
      throw portError(cause, port, host);
    });
    const { url } = server;
    stdout.write(
      flags.json === true
        ? `${JSON.stringify({ url, store: store.address })}\n`
        : `Serving at ${url}, images go to ${shownPath(store.address, cwd)}. Ctrl-C ends it.\n`,
    );
    if (!signal.aborted) await once(signal, 'abort');
    await server.close();
    return 0;
  } finally {
    templates.close();
    await renderer.close();
  }
}
