/** A last chance to clean up when node ends without `close()`: process.exit, an uncaught error, a signal. */

/** Those that end a program and can be heard; Windows knows three of them. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGBREAK', 'SIGHUP']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGABRT'];
/** Marks our own listeners, so that two renderers in one process do not take each other for the program. */
const OURS = Symbol('og-sync cleans up');

/**
 * What has to be cleaned up when the process ends. Listens to the process only while there is something, once for all. A
 * signal that nobody else listens to still ends the process, as one expects of a program; where the program listens
 * itself, it decides.
 */
export class ExitHooks {
  readonly #cleaners = new Set<() => void>();
  readonly #onExit = (): void => {
    for (const clean of this.#cleaners) clean();
  };
  readonly #onSignal = Object.assign(
    (signal: NodeJS.Signals): void => {
      if (process.listeners(signal).some((listener) => !(OURS in listener))) return;
      this.#onExit();
      this.#listen('off');
      process.kill(process.pid, signal);
    },
    { [OURS]: true },
  );

  /**
   * Calls `clean` when the process is about to end; it must be synchronous and may be called twice.
   * @returns a function that takes it away again.
   */
  add(clean: () => void): () => void {
    if (this.#cleaners.size === 0) this.#listen('on');
    this.#cleaners.add(clean);
    return () => {
      if (this.#cleaners.delete(clean) && this.#cleaners.size === 0) this.#listen('off');
    };
  }

  #listen(how: 'on' | 'off'): void {
    process[how]('exit', this.#onExit);
    for (const signal of SIGNALS) process[how](signal, this.#onSignal);
  }
}
