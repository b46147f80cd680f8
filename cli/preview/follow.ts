/** Keeps watching where the configuration says that things are, also when a save has moved them. */
import type { Config } from '../config/config.ts';
import type { Hub } from './hub.ts';
import type { Model } from './model.ts';
import { watchFiles } from './watch.ts';
import type { Watching } from './watch.ts';

interface Options {
  /** The folder that the templates of a configuration are in. */
  folder: (config: Config) => string;
  /** A configuration that was named. */
  configFile: string | undefined;
}

export async function follow(model: Model, hub: Hub, { folder, configFile }: Options): Promise<Watching> {
  const start = (config: Config): Promise<Watching> =>
    watchFiles({ config, templates: folder(config) }, configFile, (changes) => hub.change(changes));
  let { config } = model;
  let watching = start(config);
  await watching;
  const stop = hub.listen(({ type }) => {
    if (type !== 'state' || model.config === config) return;
    ({ config } = model);
    // The new one is there before the old one goes: no save falls between.
    const [before, next] = [watching, start(config)];
    watching = next.then(async (made) => {
      await (await before).close();
      return made;
    });
  });
  return {
    async close() {
      stop();
      await (await watching).close();
    },
  };
}
