/** Plain lines for a CI log: no colours that move, a line when there is something to say. */
import type { SyncEvent } from '../events.ts';
import { count, formatMs, safe } from './format.ts';
import type { ReportOutput, Reporter } from './reporter.ts';

export interface PlainOptions {
  output: ReportOutput;
  /** Also each image and each retry. */
  verbose: boolean;
}

/** A line for every tenth of the images, so that a log of 10,000 stays short, and none for a handful. */
const STEPS = 10;
const LEAST = 25;
/** A wait of so many ms makes a person wonder. */
const LONG_MS = 3000;

export function plainReporter({ output, verbose }: PlainOptions): Reporter {
  let total = 0;
  let done = 0;
  let retried = 0;
  const say = (line: string): void => void output.write(`${line}\n`);

  function progress(): void {
    done += 1;
    const step = Math.max(LEAST, Math.ceil(total / STEPS));
    if (!verbose && done !== total && done % step === 0) say(`  ${done}/${total} images`);
  }

  function on(event: SyncEvent): void {
    switch (event.type) {
      case 'scanned':
        say(`Read ${count(event.posts, 'post')}.`);
        break;
      case 'planned': {
        const { create, update, keep, orphan } = event.plan;
        say(
          `Plan: ${create.length} to create, ${update.length} to update, ${keep.length} unchanged, ${orphan.length} orphaned.`,
        );
        break;
      }
      case 'started':
        total = event.images;
        say(`Rendering ${count(total, 'image')} (${event.where}) …`);
        break;
      case 'image':
        progress();
        if (verbose) {
          const { item, result } = event;
          const time = result.status === 'stored' ? formatMs(result.renderMs) : result.error.code;
          say(`  ${done}/${total} ${result.status} ${safe(item.key)} (${time})`);
        }
        break;
      case 'retry':
        retried += 1;
        // The first says that the network is not well; the rest only matter to who looks for the reason.
        if (verbose || retried === 1)
          say(
            `  ${safe(event.reason)}: ${count(event.posts, 'post')} again in ${formatMs(event.delayMs)}${verbose ? '' : ' (--verbose shows further retries)'}`,
          );
        break;
      case 'waiting':
        if (verbose || event.delayMs >= LONG_MS)
          say(`  ${safe(event.reason)}: waiting for ${formatMs(event.delayMs)} …`);
        break;
      case 'notice':
        say(safe(event.message));
        break;
      default:
        break;
    }
  }
  return { on, say, stop() {} };
}
