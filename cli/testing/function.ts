/**
 * A function to send to: the real app behind a real server on loopback, with a folder as its store and, if asked, a
 * proxy in front that breaks things. Only Chromium is replaced, by a renderer that draws nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../function/app.ts';
import type { App } from '../../function/app.ts';
import type { Access } from '../../function/http/auth.ts';
import { startServer } from '../../function/http/serve.ts';
import { openStore } from '../../function/store/open.ts';
import type { Store } from '../../function/store/store.ts';
import { fakeRenderer, fakeTemplates } from '../../function/testing/fakes.ts';
import type { FakeRenderer } from '../../function/testing/fakes.ts';
import { startFaultProxy } from '../../function/testing/fault-proxy.ts';
import type { Fault, Seen } from '../../function/testing/fault-proxy.ts';

export interface TestFunction {
  /** Of the proxy if there is one. */
  url: string;
  store: Store;
  renderer: FakeRenderer;
  /** Requests that came by the proxy. */
  seen: Seen[];
  close(): Promise<void>;
}

export interface TestFunctionOptions {
  /** The proxy's rule; without one there is no proxy. */
  fault?: (seen: Seen) => Fault | null;
  /** Called before a picture is "drawn", with its title. */
  before?: (title: string) => Promise<void> | void;
  /** Changes the app before it is served. */
  wrap?: (app: App) => App;
  access?: Access;
  /** Another store than a temporary folder. */
  store?: Store;
}

function silent(): void {}

/** Starts it; the folder goes when it is closed. */
export async function startFunction(options: TestFunctionOptions = {}): Promise<TestFunction> {
  const folder = await mkdtemp(join(tmpdir(), 'og-function-'));
  const store = options.store ?? openStore(folder);
  const renderer = fakeRenderer(options.before);
  const app = createApp({ renderer, store, templates: fakeTemplates('default', 'other'), log: silent });
  const served = options.wrap?.(app) ?? app;
  const access = options.access ?? { auth: 'none' };
  const server = await startServer(served, { port: 0, host: '127.0.0.1', access, log: silent });
  const proxy = options.fault === undefined ? null : await startFaultProxy(server.url, options.fault);
  return {
    url: proxy?.url ?? server.url,
    store,
    renderer,
    seen: proxy?.seen ?? [],
    async close() {
      await proxy?.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
