/**
 * A program that uses the renderer and then does as its second argument says:
 * `exit` leaves at once, `throw` dies of an error, `listen` closes on SIGTERM by itself, anything else waits for a signal.
 */
import { createRenderer } from '../index.ts';
import { cardOf, JPEG, OPTIONS } from './fixture.ts';

const [temporary = '', then = 'wait'] = process.argv.slice(2);
const renderer = createRenderer({ ...OPTIONS, temporary, browsers: 2 });
if (then === 'listen')
  process.on('SIGTERM', () => {
    void renderer.close().then(() => process.exit(7));
  });
const titles = ['One', 'Two', 'Three', 'Four'];
const ends = await Promise.allSettled(titles.map(async (title) => renderer.render(cardOf(title), JPEG)));
const told = ends.map((end) => (end.status === 'fulfilled' ? end.value.width : String(end.reason.code)));
process.stdout.write(`${JSON.stringify(told)}\n`);
if (then === 'exit') process.exit(5);
if (then === 'throw') throw new Error('as asked');
if (then === 'close') await renderer.close();
