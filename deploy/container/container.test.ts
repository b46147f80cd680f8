/** What of the image's build can be seen without building it; test.sh builds it. */
import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');
const meaningful = (text: string): string[] => text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));

/** The first word of each command of each RUN line. */
function commandsOf(dockerfile: string): string[] {
  const lines = meaningful(dockerfile).join('\n').replaceAll('\\\n', ' ').split('\n');
  return lines
    .filter((line) => /^(RUN|HEALTHCHECK)\s/.test(line))
    .flatMap((line) => line.replace(/^RUN\s+/, '').split(/&&|\|\|?|;|\$\(/))
    .map((command) => command.trim().split(/\s+/)[0] ?? '');
}

async function strangers(dockerfile: string): Promise<string[]> {
  const lines = meaningful(await read('deploy/container/commands.txt'));
  const listed = new Set(lines.flatMap((line) => line.replace(/^\S+:/, '').trim().split(/\s+/)));
  return commandsOf(dockerfile).filter(
    (command) => !listed.has(command) && !command.startsWith('node_modules/.bin/'),
  );
}

describe('the Dockerfile', () => {
  it('uses no command that the base image lacks', async () => {
    const dockerfile = await read('Dockerfile');
    expect(commandsOf(dockerfile)).toContain('node');
    expect(await strangers(dockerfile)).toEqual([]);
  });

  it.each(['find', 'xargs', 'tar', 'gzip', 'which', 'perl', 'python3', 'dnf', 'hostname', 'ps'])(
    'would be refused with %s in it, in any place of a RUN',
    async (command) => {
      for (const line of [`${command} a`, `ls && ${command} a`, `ls \\\n && ${command}`, `ls | ${command}`])
        expect(await strangers(`FROM x\nRUN ${line}\n`)).toEqual([command]);
    },
  );

  it('sees what is named to it, and nothing else', async () => {
    const [first, ...rules] = meaningful(await read('.dockerignore'));
    expect(first).toBe('*');
    const allowed = rules.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const dockerfile = await read('Dockerfile');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap(([, sources]) => sources?.split(' ') ?? [])
      .filter((source) => !source.startsWith('$'));
    const within = (source: string): string | undefined =>
      allowed.find((path) => source === path || source.startsWith(`${path}/`));
    expect(new Set(copied.map(within))).toEqual(new Set(allowed));
    expect(dockerfile).not.toMatch(/^(ADD|ARG .*(TOKEN|SECRET|KEY))/m);
  });
});

const layer = (...args: string[]) => run(process.execPath, [join(import.meta.dirname, 'layer.ts'), ...args]);

describe('a folder that becomes a layer', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'og-layer-'));
    await mkdir(join(folder, 'layer', 'a.map'), { recursive: true });
    for (const file of ['a.js', 'a.d.ts', 'b.map', 'a.map/c.js', 'a.map/d.map'])
      await writeFile(join(folder, 'layer', file), file);
    await writeFile(join(folder, 'outside.map'), '');
    await symlink('../outside.map', join(folder, 'layer', 'link.map'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('loses the files with the suffixes, keeps folders and links of such names', async () => {
    await layer(join(folder, 'layer'), '.map', '.d.ts');
    const left = await readdir(join(folder, 'layer'), { recursive: true });
    expect(left.sort()).toEqual(['a.js', 'a.map', 'a.map/c.js', 'link.map']);
  });

  it('has no time of its own, and what a link leads to is left alone', async () => {
    await layer(join(folder, 'layer'), '.map');
    const entries = await readdir(join(folder, 'layer'), { recursive: true });
    const times = await Promise.all(
      ['', ...entries].map(async (entry) => (await lstat(join(folder, 'layer', entry))).mtimeMs),
    );
    expect(new Set(times)).toEqual(new Set([0]));
    expect((await lstat(join(folder, 'outside.map'))).mtimeMs).toBeGreaterThan(0);
  });

  it('must be named', async () => {
    await expect(layer()).rejects.toMatchObject({ code: 2 });
  });
});
