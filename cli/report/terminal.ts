/** A terminal: one line that moves while there is something to wait for. */
import ora from 'ora';
import type { Colors } from './colors.ts';
import type { SyncEvent } from '../events.ts';
import { count, formatMs, safe } from './format.ts';
import type { Reporter } from './reporter.ts';

export interface TerminalOptions {
  stream: NodeJS.WriteStream;
  colors: Colors;
  verbose: boolean;
  /** ms */
  clock: () => number;
}

export function terminalReporter({ stream, colors, verbose, clock }: TerminalOptions): Reporter {
  // Stdin stays as it is: Ctrl-C must reach us as a signal, and twice.
  const spinner = ora({
    stream,
    isEnabled: true,
    discardStdin: false,
    color: 'cyan',
    text: 'Reading posts …',
  }).start();
  let total = 0;
  let done = 0;
  let failed = 0;
  let retried = 0;
  let startedAt = 0;
  let where = '';

  function say(line: string): void {
    const spinning = spinner.isSpinning;
    if (spinning) spinner.clear();
    stream.write(`${line}\n`);
    if (spinning) spinner.render();
  }

  function progress(): string {
    const seconds = (clock() - startedAt) / 1000;
    const bar = meter(total === 0 ? 1 : done / total);
    const parts = [`${done}/${total}`];
    if (seconds > 0.5 && done > 0) parts.push(`${Math.round(done / seconds)} a second`);
    if (retried > 0) parts.push(colors.yellow(`${retried} retried`));
    if (failed > 0) parts.push(colors.red(`${failed} failed`));
    return `${colors.cyan(bar)} ${parts.join(' · ')} ${colors.dim(`· ${where}`)}`;
  }

  function on(event: SyncEvent): void {
    switch (event.type) {
      case 'scanned':
        spinner.text = `${count(event.posts, 'post')}; looking at what is stored …`;
        break;
      case 'planned':
        spinner.text = `${count(event.plan.create.length + event.plan.update.length, 'image')} to make …`;
        break;
      case 'started':
        ({ images: total, where } = event);
        startedAt = clock();
        spinner.text = progress();
        break;
      case 'image':
        done += 1;
        if (event.result.status === 'failed') failed += 1;
        if (verbose) say(`  ${event.result.status} ${safe(event.item.key)}`);
        spinner.text = progress();
        break;
      case 'retry':
        retried += event.posts;
        if (verbose) say(`  ${safe(event.reason)}: again in ${formatMs(event.delayMs)}`);
        spinner.text = progress();
        break;
      case 'waiting':
        spinner.text = `${safe(event.reason)}: waiting for ${formatMs(event.delayMs)} …`;
        if (verbose) say(`  ${spinner.text}`);
        break;
      case 'notice':
        say(safe(event.message));
        break;
      default:
        break;
    }
  }
  return { on, say, stop: () => void spinner.stop() };
}

const WIDTH = 24;

/** A bar of so many parts in a whole. */
function meter(share: number): string {
  const full = Math.round(share * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}
