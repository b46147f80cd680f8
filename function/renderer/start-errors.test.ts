import { describe, expect, it } from 'vitest';
import { installHint, startTrouble } from './start-errors.ts';
import type { FailedStart, System } from './start-errors.ts';

const START: FailedStart = {
  executable: '/c/chromium',
  log: '',
  exitCode: 1,
  signal: null,
  spawnError: null,
  timedOutMs: null,
};
const DEBIAN: System = {
  platform: 'linux',
  arch: 'x64',
  hasProc: true,
  hasGlibc: true,
  freeMegabytes: 5000,
  temporary: '/tmp',
};

describe('a browser that does not start is explained by what is missing here', () => {
  it.each<[string, Partial<FailedStart>, Partial<System>, RegExp, RegExp]>([
    ['no /proc: Chromium dies without a word', { exitCode: null, signal: 'SIGTRAP' }, { hasProc: false }, /\/proc is not mounted/, /mount -t proc/],
    ['musl, as in node:alpine', { exitCode: 127, log: 'sh: exec: line 0: /c/chromium: not found' }, { hasGlibc: false }, /needs glibc.*musl/, /apk add chromium.*CHROME_PATH/],
    ['musl, in the words of another shell', { exitCode: 127, log: '/bin/sh: 1: exec: /c/chromium: No such file or directory' }, { hasGlibc: false }, /musl/, /slim/],
    ['a library', { exitCode: 127, log: '/c/chromium: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory' }, {}, /library libnss3\.so is missing/, /apt-get install libnss3".*dnf install nss"/],
    ['a library of an ordinary Chromium', { exitCode: 127, log: 'chromium: error while loading shared libraries: libgbm.so.1: cannot open shared object file' }, {}, /libgbm\.so\.1 is missing/, /libgbm1/],
    ['a library that is not in the table', { exitCode: 127, log: 'x: error while loading shared libraries: libodd.so.9: no' }, {}, /libodd\.so\.9 is missing/, /apt-file search libodd/],
    ['an older glibc', { log: "/c/chromium: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /c/chromium)" }, {}, /needs glibc 2\.34/, /newer system/],
    ['a program without its interpreter', { exitCode: 127, log: 'sh: 1: exec: /c/chromium: not found' }, {}, /loader or interpreter/, /CHROME_PATH/],
    ['a folder mounted noexec', { exitCode: 126, log: '/bin/sh: 1: exec: /c/chromium: Permission denied' }, {}, /may not be executed/, /noexec.*OG_CACHE_DIR/],
    ['another processor', { exitCode: 126, log: '/bin/sh: 1: exec: /c/chromium: Exec format error' }, { arch: 'arm64' }, /another processor than arm64/, /Linux x64 only/],
    ['no shell', { exitCode: null, spawnError: new Error('spawn /bin/sh ENOENT') }, {}, /no \/bin\/sh/, /slim/],
    ['a full folder', { log: '[0101/1.1:ERROR:a.cc(1)] No space left on device' }, { freeMegabytes: 0 }, /no room left in \/tmp \(0 MB/, /TMPDIR/],
    ['a machine that is too busy', { exitCode: null, signal: 'SIGKILL', timedOutMs: 30_000 }, {}, /no answer within 30 s/, /memory/],
    ['no memory', { exitCode: null, signal: 'SIGKILL' }, {}, /memory runs out/, /1 GB/],
    ['anything else', { log: '[0101/101010.123:FATAL:zygote.cc(12)] Odd thing.' }, {}, /did not start: Odd thing\.$/, /--version/],
    ['nothing at all', { exitCode: 21 }, {}, /ended with code 21\.$/, /5000 MB are free/],
    ['no file', { exitCode: null, spawnError: new Error('spawn C:\\chrome.exe ENOENT') }, { platform: 'win32' }, /ENOENT/, /CHROME_PATH/],
  ])('%s', (_what, start, system, message, hint) => {
    const trouble = startTrouble({ ...START, ...start }, { ...DEBIAN, ...system });
    expect(trouble.message).toMatch(message);
    expect(trouble.message).toMatch(/^The browser \/c\/chromium did not start: .*\.$/);
    expect(trouble.hint).toMatch(hint);
    expect(trouble.message).not.toContain('\n');
  }); // prettier-ignore

  it('a long log is cut', () => {
    const log = `error ${'x'.repeat(5000)}`;
    expect(startTrouble({ ...START, log }, DEBIAN).message.length).toBeLessThan(400);
  });
});

it.each([
  ['linux', 'x64', /apt-get install chromium/],
  ['linux', 'arm64', /apt-get install chromium.*this is arm64/],
  ['darwin', 'arm64', /brew install --cask google-chrome/],
  ['win32', 'x64', /winget install Google\.Chrome/],
] as const)('how to get a browser on %s %s', (platform, arch, hint) => {
  expect(installHint({ platform, arch })).toMatch(hint);
});
