/** A last chance to clean up when node ends without `close()`: process.exit, an uncaught error, a signal. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Marks our own listeners, so that two renderers in one process do not take each other for the program. */
const OURS = Symbol('og-sync cleans up');

/**
 * Calls `clean` when the process is about to end; it must be synchronous and may be called twice. A signal that nobody
 * else listens to still ends the process, as one expects of a program; where the program listens itself, it decides.
 * @returns a function that takes the hooks away.
 */
export function onProcessEnd(clean: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listeners(signal).some((listener) => !(OURS in listener))) return;
    clean();
    release();
    process.kill(process.pid, signal);
  };
  Object.assign(onSignal, { [OURS]: true });
  const release = (): void => {
    process.off('exit', clean);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', clean);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return release;
}
