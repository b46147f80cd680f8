/** Configuration and settings → the parts of a run. What a run does not need is not loaded. */
import { join } from 'node:path';
import type { App, AppOptions } from '../function/app.ts';
import { LIMITS } from '../function/contract.ts';
import type { Description } from '../function/contract.ts';
import { describeError } from '../function/log.ts';
import type { Log } from '../function/log.ts';
import { VERSION } from '../function/package.ts';
import { proxyAgents } from '../deploy/aws/http.ts';
import type { Renderer } from '../function/renderer/renderer.ts';
import type { Store } from '../function/store/store.ts';
import type { Templates } from '../function/templates/templates.ts';
import type { Config } from './config/config.ts';
import type { Dispatch } from './dispatch/dispatch.ts';
import { bearer, iam, regionOf, unsigned } from './dispatch/signer.ts';
import type { Signer } from './dispatch/signer.ts';
import { CliError } from './errors.ts';
import type { Emit } from './events.ts';
import { createPictures } from './pictures/pictures.ts';
import type { Pictures } from './pictures/pictures.ts';
import type { Parts } from './plan-run.ts';
import type { GivenSite } from './scan/given.ts';
import type { Settings } from './config/settings.ts';

/** What long waits need: somebody to report to, and a signal that ends them. */
export interface Patience {
  emit: Emit;
  signal: AbortSignal;
}

/** A store at an address; the credentials of S3 come from the environment when they are first needed. */
export async function openStoreAt(
  address: string,
  { environment }: Settings,
  patience?: Patience,
): Promise<Store> {
  const { openStore } = await import('../function/store/open.ts');
  if (!address.startsWith('s3://')) return openStore(address);
  const [{ credentialsFromEnvironment }, { regionFromEnvironment }] = await Promise.all([
    import('../deploy/aws/credentials.ts'),
    import('../deploy/aws/region.ts'),
  ]);
  const s3 = {
    credentials: credentialsFromEnvironment(environment),
    region: () => regionFromEnvironment(environment),
    agents: proxyAgents(environment),
  };
  if (patience === undefined) return openStore(address, s3);
  const { emit, signal } = patience;
  const onWait = (reason: string, delayMs: number) => emit({ type: 'waiting', reason, delayMs });
  return openStore(address, { ...s3, onWait, noWaitAfter: signal });
}

/** Where images go when this process renders and nothing else is said. */
export function localAddress({ store, root }: Pick<Config, 'store' | 'root'>): string {
  return store ?? join(root, 'out/images');
}

/** The app, loaded when it is needed. */
export async function openApp(options: AppOptions): Promise<App> {
  const { createApp } = await import('../function/app.ts');
  return createApp(options);
}

/** A renderer whose browser starts with the first picture. */
export async function openRenderer(
  { cacheDir, chromePath }: Settings,
  onSpawn?: () => void,
): Promise<Renderer> {
  const [{ createRenderer }, { prepareFonts }] = await Promise.all([
    import('../function/renderer/index.ts'),
    import('../function/fonts/fonts.ts'),
  ]);
  return createRenderer({
    fontconfig: () => prepareFonts(cacheDir),
    cacheDir,
    ...(chromePath !== undefined && { chromePath }),
    ...(onSpawn !== undefined && { onSpawn }),
  });
}

/** The templates for rendering here. */
export async function openTemplates({ templates, root }: Config, { cacheDir }: Settings): Promise<Templates> {
  const { loadTemplates } = await import('../function/templates/templates.ts');
  return loadTemplates({ cacheDir, packages: root, ...(templates !== null && { folder: templates }) });
}

/** The same for `serve`: a template that changes is read again. */
export async function watchOwnTemplates({ templates, root }: Config, { cacheDir }: Settings, log: Log) {
  const { watchTemplates } = await import('../function/templates/templates.ts');
  const folder = templates === null ? {} : { folder: templates };
  return watchTemplates({ cacheDir, packages: root, ...folder }, (error) => {
    if (error === null) log('info', { message: 'templates read again' });
    else log('error', { message: 'templates not read', error: describeError(error) });
  });
}

async function isEmpty(store: Store): Promise<boolean> {
  for await (const _ of store.list()) return false;
  return true;
}

/** Rendering here, into a store: the function described without starting it. */
export async function localDispatch(
  config: Config,
  settings: Settings,
  { store, log }: { store: Store; log: Log },
): Promise<Dispatch> {
  const { createLocalDispatch } = await import('./dispatch/local.ts');
  let templates: Promise<Templates> | null = null;
  const opened = (): Promise<Templates> => (templates ??= openTemplates(config, settings));
  const describe = async (): Promise<Description> => {
    const { described } = await opened();
    return {
      name: 'og-sync',
      version: VERSION,
      chromium: null,
      store: store.address,
      ...described,
      limits: LIMITS,
    };
  };
  return createLocalDispatch({
    describe,
    renderer: (onSpawn) => openRenderer(settings, onSpawn),
    app: async (renderer) => openApp({ renderer, store, templates: await opened(), log }),
    isEmpty: async () => !store.remote && (await isEmpty(store)),
    batch: config.batch,
  });
}

/** Proof of who is calling the function. Throws `CliError` `usage` for a token that is not set. */
export async function signerFor(config: Config, url: URL, settings: Settings): Promise<Signer> {
  if (config.auth === 'none') return unsigned;
  if (config.auth === 'iam') {
    const { environment } = settings;
    const [{ credentialsFromEnvironment }, { regionFromEnvironment }] = await Promise.all([
      import('../deploy/aws/credentials.ts'),
      import('../deploy/aws/region.ts'),
    ]);
    return iam({
      credentials: credentialsFromEnvironment(environment),
      region: async () => regionOf(url) ?? (await regionFromEnvironment(environment)),
      clock: Date.now,
    });
  }
  if (settings.functionToken !== undefined) return bearer(settings.functionToken);
  throw new CliError(
    'usage',
    'auth is "token", but OG_FUNCTION_TOKEN is not set.',
    'Put the token of the function into OG_FUNCTION_TOKEN.',
  );
}

/** The pictures of posts and of the site, shrunk and kept in the cache. */
export function openPictures(config: Config, { cacheDir }: Settings, signal: AbortSignal): Pictures {
  return createPictures({ ...config, cacheDir, signal });
}

/** Who renders: the function behind its URL if one is configured, else this process. */
export async function createDispatch(
  config: Config,
  settings: Settings,
  options: Patience & { log: Log },
): Promise<Dispatch> {
  if (config.function === null) {
    const store = await openStoreAt(localAddress(config), settings, options);
    return localDispatch(config, settings, { store, log: options.log });
  }
  const { emit, signal } = options;
  const url = new URL(config.function);
  const signer = await signerFor(config, url, settings);
  const { createUrlDispatch } = await import('./dispatch/url.ts');
  const { concurrency, batch } = config;
  const onWait = (reason: string, delayMs: number) => emit({ type: 'waiting', reason, delayMs });
  const agents = proxyAgents(settings.environment);
  return createUrlDispatch({ url: url.href, signer, agents, concurrency, batch, signal, onWait });
}

/** Everything a run is made of. Whoever opens it closes its dispatch. */
export async function openParts(
  config: Config,
  settings: Settings,
  { given, ...options }: Patience & { log: Log; given?: GivenSite | undefined },
): Promise<Parts> {
  const { emit, signal } = options;
  return {
    config,
    dispatch: await createDispatch(config, settings, options),
    pictures: openPictures(config, settings, signal),
    openStore: (address) => openStoreAt(address, settings, { emit, signal }),
    given,
  };
}
