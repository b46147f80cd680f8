/** `og-sync preview` */
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../../../function/package.ts';
import type { Store } from '../../../function/store/store.ts';
import type { Config } from '../../config/config.ts';
import { CliError } from '../../errors.ts';
import { follow } from '../../preview/follow.ts';
import { createHub } from '../../preview/hub.ts';
import { createModel } from '../../preview/model.ts';
import type { Sources } from '../../preview/model.ts';
import { startPreviewServer } from '../../preview/server.ts';
import type { PreviewServer } from '../../preview/server.ts';
import {
  createDispatch,
  localAddress,
  openPictures,
  openRenderer,
  openStoreAt,
  openTemplates,
} from '../../wiring.ts';
import { configure } from '../shell.ts';
import type { Shell } from '../shell.ts';
import type { PreviewFlags } from './flags.ts';

const PORT = 4114;

/** The folder that the templates of a configuration are in. */
const folderOf = ({ templates }: Config): string => templates ?? join(PACKAGE_ROOT, 'templates');

/** Waits and retries are not printed here: the page shows what failed. */
function emit(): void {}

/** The store that sync would write to: the configuration's, the function's own, or the default folder. */
async function storeOf(config: Config, { settings, signal }: Shell): Promise<Store> {
  if (config.store !== null || config.function === null)
    return openStoreAt(localAddress(config), settings, { emit, signal });
  const dispatch = await createDispatch(config, settings, { log: emit, emit, signal });
  try {
    return await openStoreAt((await dispatch.describe()).store, settings, { emit, signal });
  } finally {
    await dispatch.close();
  }
}

function sourcesOf(shell: Shell<PreviewFlags>): Sources {
  const { settings, signal } = shell;
  return {
    config: (version) => configure(shell, version),
    templates: (config) => openTemplates(config, settings),
    folder: folderOf,
    pictures: (config) => openPictures(config, settings, signal),
    store: (config) => storeOf(config, shell),
    signal,
  };
}

/** Runs until Ctrl-C. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function previewCommand(shell: Shell<PreviewFlags>): Promise<number> {
  const { flags, settings, signal, cwd, stdout, stderr } = shell;
  const say = (line: string): void => {
    if (flags.quiet !== true) stderr.write(`${line}\n`);
  };
  const model = await createModel(sourcesOf(shell));
  const renderer = await openRenderer(settings);
  const hub = createHub(model, renderer, signal);
  const configFile = flags.config === undefined ? undefined : resolve(cwd, flags.config);
  const watching = await follow(model, hub, { folder: folderOf, configFile });
  try {
    const onOpened = (url: string) => say(`Opened. For another browser: ${url}`);
    const server = await start(flags.port, (port) => startPreviewServer(hub, { port, onOpened }));
    stdout.write(
      flags.json === true
        ? `${JSON.stringify({ url: server.url })}\n`
        : `Preview at ${server.url}\nThe address opens one browser. Ctrl-C ends the preview.\n`,
    );
    // The first look should not wait for the browser; a browser that does not start is reported with the first picture.
    renderer.warm().catch(() => undefined);
    if (!signal.aborted) await once(signal, 'abort');
    await server.close();
    return 0;
  } finally {
    await watching.close();
    await renderer.close();
  }
}

/** On the port that was asked for, else on the usual one, else on any that is free. */
async function start(
  asked: number | undefined,
  startAt: (port: number) => Promise<PreviewServer>,
): Promise<PreviewServer> {
  try {
    return await startAt(asked ?? PORT);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    if (asked === undefined) return startAt(0);
    const reason = cause.code === 'EADDRINUSE' ? 'it is in use' : String(cause.code);
    throw new CliError(
      'usage',
      `Port ${asked} of 127.0.0.1 cannot be had: ${reason}.`,
      'Choose another with --port, or leave --port out.',
      { cause },
    );
  }
}
