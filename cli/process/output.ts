/** stdout and stderr that may be closed, full or gone. */
import { setImmediate as turn } from 'node:timers/promises';

interface Output {
  /** Waits until all is written. Resolves to the exit code, which is not 0 when results were lost. */
  finish(exitCode: number): Promise<number>;
}

const UNWRITABLE = 3;

function flushed(stream: NodeJS.WriteStream): Promise<unknown> {
  if (stream.destroyed || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => stream.write('', resolve));
}

/** Listens for errors of both streams, so that none ends the process with a stack. */
export function watchOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  let lost: NodeJS.ErrnoException | null = null;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough ("| head") is no error.
    if (error.code !== 'EPIPE') lost ??= error;
  });
  // Nobody is left to report it to, and what was asked for is done all the same.
  stderr.on('error', () => {});
  return {
    async finish(exitCode) {
      await flushed(stdout);
      // A stream reports an error a turn after the write.
      await turn();
      if (lost === null) return exitCode;
      const { code, message } = lost;
      const reason = code === 'ENOSPC' ? 'there is no room left' : message;
      stderr.write(
        `✖ The output could not be written: ${reason}.\n  What was done is done. Make room, or write it elsewhere.\n`,
      );
      return exitCode === 0 ? UNWRITABLE : exitCode;
    },
  };
}
