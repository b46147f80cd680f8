import { describe, expect, it } from 'vitest';
import { ExitHooks } from './exit-hooks.ts';

const count = (): number => process.listenerCount('exit') + process.listenerCount('SIGTERM');

describe('exit hooks', () => {
  it('listen once however many there are, and only while there is something to clean', () => {
    const before = count();
    const hooks = new ExitHooks();
    expect(count()).toBe(before);
    const releases = Array.from({ length: 30 }, () => hooks.add(() => undefined));
    expect(count()).toBe(before + 2);
    for (const release of releases) {
      release();
      release();
    }
    expect(count()).toBe(before);
  });
});
