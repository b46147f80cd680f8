import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../config/settings.ts';
import { confirmation } from './confirm.ts';
import type { Session, Shell } from '../shell.ts';
import type { PruneFlags } from './flags.ts';

const orphans = Array.from({ length: 60 }, (_, at) => ({ key: `old-${at}.jpg`, fingerprint: 'f' }));

/** A terminal somebody sits at. */
function terminal(flags: PruneFlags = {}, signal = new AbortController().signal) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new PassThrough();
  let shown = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const settings = readSettings({}, { stdout: true, stderr: true });
  const shell = { flags, settings, stdin, stderr, signal } as unknown as Shell;
  const session = { reporter: { stop() {} } } as unknown as Session;
  return { stdin, ask: confirmation(shell, session), shown: () => shown };
}

describe('on a terminal', () => {
  test.each([
    ['y', true],
    ['Yes', true],
    ['n', false],
    ['', false],
    ['yellow', false],
  ])('the answer %j means %s', async (answer, meant) => {
    const { stdin, ask } = terminal();
    stdin.write(`${answer}\n`);
    expect(await ask(orphans)).toBe(meant);
  });

  test('what would go is listed before the question, and the list ends somewhere', async () => {
    const { stdin, ask, shown } = terminal();
    stdin.write('n\n');
    await ask(orphans);
    expect(shown()).toContain('- old-0.jpg');
    expect(shown()).toContain('… and 10 more');
    expect(shown()).toContain('Delete 60 images? [y/N]');
  });

  test('Ctrl-C is no answer: it ends the run', async () => {
    const stop = new AbortController();
    const { ask } = terminal({}, stop.signal);
    const asking = ask(orphans);
    stop.abort();
    await expect(asking).rejects.toHaveProperty('name', 'AbortError');
  });

  test('--yes asks nobody', async () => {
    const { ask, shown } = terminal({ yes: true });
    expect(await ask(orphans)).toBe(true);
    expect(shown()).toBe('');
  });
});
