/** The built command line on a pseudo-terminal, with somebody who reads and types. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../function/package.ts';

/** Waits for a text on the screen, then types. `\r` is Enter, `\x1b[B` the arrow down, `\x03` Ctrl-C. */
export type Keystroke = readonly [expect: string, send: string];

export interface Screen {
  code: number;
  /** All that was written to the terminal, without control sequences. */
  text: string;
  /** The same with them. */
  raw: string;
  /** The expected text that never came, or null. */
  missed: string | null;
}

/** Python brings pseudo-terminals along; Node does not. */
const DRIVER = `
import json, os, pty, re, select, struct, sys, time, fcntl, termios
job = json.load(sys.stdin)
pid, fd = pty.fork()
if pid == 0:
    os.chdir(job["cwd"])
    os.execve(job["argv"][0], job["argv"], job["env"])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", job["rows"], job["columns"], 0, 0))
raw, seen, missed = b"", 0, None
plain = lambda data: re.sub(r"\\x1b(\\]8;[^\\x07]*\\x07|\\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])", "", data.decode("utf8", "replace"))
def read(wait):
    global raw
    if not select.select([fd], [], [], wait)[0]: return True
    try: data = os.read(fd, 65536)
    except OSError: return False
    raw += data
    return data != b""
for expected, send in job["steps"]:
    end = time.time() + 20
    alive = True
    while alive and expected not in plain(raw)[seen:] and time.time() < end: alive = read(0.1)
    if expected not in plain(raw)[seen:]:
        missed = expected
        break
    seen = plain(raw).index(expected, seen) + len(expected)
    time.sleep(0.05)
    os.write(fd, send.encode())
end = time.time() + (0.2 if missed else 20)
while time.time() < end and read(0.1): pass
if missed: os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
json.dump({"code": os.waitstatus_to_exitcode(status), "text": plain(raw), "raw": raw.decode("utf8", "replace"), "missed": missed}, sys.stdout)
`;

export interface PtyOptions {
  cwd: string;
  env?: Record<string, string>;
  columns?: number;
  steps: readonly Keystroke[];
}

/** Runs `og-sync` on a terminal of its own to its end. */
export async function runOnTerminal(args: readonly string[], options: PtyOptions): Promise<Screen> {
  return onTerminal([process.execPath, join(PACKAGE_ROOT, 'dist/og-sync.js'), ...args], options);
}

/** The same for any program: its absolute path and its arguments. */
export async function onTerminal(
  argv: readonly string[],
  { cwd, env = {}, columns = 80, steps }: PtyOptions,
): Promise<Screen> {
  const driver = spawn('python3', ['-c', DRIVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  driver.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  driver.stdin.end(
    JSON.stringify({
      argv,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: homedir(),
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        ...env,
      },
      cwd,
      columns,
      rows: 50,
      steps,
    }),
  );
  await once(driver, 'close');
  return JSON.parse(said) as Screen;
}
