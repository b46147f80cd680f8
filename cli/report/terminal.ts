/** A terminal: one line that moves while there is something to wait for. */
import { stripVTControlCharacters } from 'node:util';
import ora from 'ora';
import type { Colors } from './colors.ts';
import type { SyncEvent } from '../events.ts';
import { count, formatMs, safe } from './format.ts';
import type { Reporter } from './reporter.ts';
import { cutLine, lineWriter } from './wrap.ts';

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
    // ora has rules of its own for colours.
    color: colors.isColorSupported ? 'cyan' : false,
    text: 'Reading posts …',
  }).start();
  let total = 0;
  let done = 0;
  let failed = 0;
  let retried = 0;
  let startedAt = 0;
  let where = '';

  const write = lineWriter(stream);
  // A terminal that does not know how wide it is says 0.
  const columns = (): number => stream.columns || 80;

  /** The line that moves, which must never become two. */
  function move(text: string): void {
    spinner.text = cutLine(text, Math.max(1, columns() - BESIDE));
  }

  function say(line: string): void {
    const spinning = spinner.isSpinning;
    if (spinning) spinner.clear();
    write(line);
    if (spinning) spinner.render();
  }

  function progress(): string {
    const seconds = (clock() - startedAt) / 1000;
    const parts = [`${done}/${total}`];
    if (seconds > 0.5 && done > 0) parts.push(`${Math.round(done / seconds)} a second`);
    if (retried > 0) parts.push(colors.yellow(`${retried} retried`));
    if (failed > 0) parts.push(colors.red(`${failed} failed`));
    const said = parts.join(' · ');
    // One space stands after the bar.
    const room = columns() - stripVTControlCharacters(said).length - BESIDE - 1;
    const bar =
      room < NARROWEST ? '' : `${colors.cyan(meter(total === 0 ? 1 : done / total, Math.min(WIDTH, room)))} `;
    const hasRoom = room - WIDTH > where.length + 3;
    return `${bar}${said}${hasRoom ? colors.dim(` · ${where}`) : ''}`;
  }

  function on(event: SyncEvent): void {
    switch (event.type) {
      case 'scanned':
        move(`${count(event.posts, 'post')}; looking at what is stored …`);
        break;
      case 'planned':
        move(`${count(event.plan.create.length + event.plan.update.length, 'image')} to make …`);
        break;
      case 'started':
        ({ images: total, where } = event);
        startedAt = clock();
        move(progress());
        break;
      case 'image':
        done += 1;
        if (event.result.status === 'failed') failed += 1;
        if (verbose) say(`  ${event.result.status} ${safe(event.item.key)}`);
        move(progress());
        break;
      case 'retry':
        retried += event.posts;
        if (verbose) say(`  ${safe(event.reason)}: again in ${formatMs(event.delayMs)}`);
        move(progress());
        break;
      case 'waiting':
        move(`${safe(event.reason)}: waiting for ${formatMs(event.delayMs)} …`);
        if (verbose) say(`  ${safe(event.reason)}: waiting for ${formatMs(event.delayMs)} …`);
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

/** Columns that stand beside the text: the spinner and a space; a line that just fits would still break on some terminals. */
const BESIDE = 3;

/** Columns of the bar: at most, and at least where it is worth having one. */
const WIDTH = 24;
const NARROWEST = 6;

/** A bar of `width` columns, filled up to the share. */
function meter(share: number, width: number): string {
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
