/** The store: listed, read, written, deleted from; for a folder, how much room there is. */
import type { Store } from '../../../../function/store/store.ts';
import type { Config } from '../../../config/config.ts';
import { formatBytes } from '../../../report/format.ts';
import { localAddress, openStoreAt } from '../../../wiring.ts';
import { failed, ok, warning, withoutConfig } from '../check.ts';
import type { Check, Fact, Subject } from '../check.ts';
import { credentialSource } from '../credentials.ts';
import { freeBytes, nearestFolder, removeEmptyDown } from '../disk.ts';
import { probeStore } from '../probe.ts';

/** Bytes for some hundred images. */
const LEAST_ROOM = 50e6;

export const store: Check = {
  name: 'store',
  title: 'Store',
  timeoutMs: 60_000,
  async look(subject) {
    const config = await subject.config().catch(() => null);
    if (config === null) return [withoutConfig('The store')];
    const address = await addressOf(config, subject);
    if (address === null)
      return [
        warning(
          "The store is the function's own, and the function does not say which.",
          'See the check of the function.',
        ),
      ];
    try {
      const { settings, signal } = subject;
      const opened = await openStoreAt(address, settings, { emit: () => undefined, signal });
      const images = config.function === null;
      if (!opened.remote) return await folderFacts(opened, images, signal);
      const credentials = ok(`The credentials are ${credentialSource(settings.environment)}.`);
      return [credentials, ...(await probeStore(opened, { images }, signal))];
    } catch (error) {
      subject.signal.throwIfAborted();
      return [failed(error, { reach: true })];
    }
  },
};

/** Where images go: as configured, else where the function says, else here. Null: the function does not say. */
async function addressOf(config: Config, { askFunction }: Subject): Promise<string | null> {
  const { function: url, store: named } = config;
  if (url === null) return localAddress(config);
  if (named !== null) return named;
  const { outcome } = await askFunction({ ...config, function: url }).catch(() => ({ outcome: null }));
  return outcome?.kind === 'answered' ? outcome.value.store : null;
}

/** A folder need not be there yet: what the probe had to make of it goes with the probe. */
async function folderFacts(opened: Store, images: boolean, signal: AbortSignal): Promise<Fact[]> {
  const { address } = opened;
  const before = await nearestFolder(address);
  try {
    return [...(await probeStore(opened, { images }, signal)), await roomFact(address)];
  } finally {
    await removeEmptyDown(address, before);
  }
}

async function roomFact(folder: string): Promise<Fact> {
  const free = await freeBytes(folder);
  const fact = `${formatBytes(free)} are free there`;
  return free >= LEAST_ROOM
    ? ok(`${fact}.`)
    : warning(`${fact}: little for images.`, 'Make room, or choose another folder.');
}
