/** Completion in a real shell, with the script that the built command line prints. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRESET_NAMES } from '../config/preset-names.ts';
import { makeBlog, runCli } from './process.ts';
import type { Blog } from './process.ts';
import { offered } from './shells.ts';
import type { ShellName } from './shells.ts';
import { VERBS } from '../commands/verbs.ts';

const LINES: [line: string, offers: string[], offersNot: string[]][] = [
  ['og-sync ', [...VERBS.map(({ name }) => name), 'help'], ['--json', 'readme.md']],
  ['og-sync pl', ['plan'], ['prune', 'preview']],
  ['og-sync --pre', ['--preset'], ['--pages', 'preview']],
  ['og-sync plan --ex', ['--exit-code'], ['--json']],
  ['og-sync sync --pru', ['--prune'], ['--exit-code']],
  ['og-sync prune --olde', ['--older-than'], ['--dry-run']],
  ['og-sync --preset ', [...PRESET_NAMES, 'none'], ['--json']],
  ['og-sync plan --preset=d', ['docusaurus'], ['hugo']],
  ['og-sync plan --auth ', ['iam', 'token', 'none'], ['--json']],
  ['og-sync serve --auth ', ['none', 'token'], ['iam']],
  ['og-sync init --template ', ['default', 'editorial', 'terminal'], ['fonts']],
  ['og-sync --config og', ['og.config.json'], ['public']],
  ['og-sync -c og', ['og.config.json'], ['public']],
  ['og-sync plan --pages p', ['public'], ['page.md']],
  ['og-sync check p', ['public'], ['page.md']],
  ['og-sync check --json --store i', ['images'], ['index.html']],
  ['og-sync template ', ['new', 'check', 'list'], ['plan']],
  ['og-sync template new --from ', ['default', 'editorial'], ['fonts']],
  ['og-sync help do', ['doctor'], ['plan']],
  ['og-sync completion ', ['bash', 'fish', 'zsh'], ['plan']],
];

const FILES = ['og.config.json', 'page.md', 'index.html', 'readme.md', 'public/a', 'images/a'];

/** Tests of one shell. */
export function describeShell(shell: ShellName): void {
  describe.each([shell])('%s', () => {
    let script = '';
    let blog: Blog;
    beforeAll(async () => {
      blog = await makeBlog();
      for (const file of FILES) await blog.write(file, '{}');
      script = (await runCli(['completion', shell], { cwd: blog.folder })).stdout;
    });
    afterAll(() => blog.close());

    test.each(LINES)('"%s" offers %j', async (line, offers, offersNot) => {
      const words = line.split(' ');
      const shown = await offered(shell, script, {
        cwd: blog.folder,
        words,
        awaited: offers.at(-1) ?? '',
      });
      // Descriptions stand beside the words, and name other words.
      const named = shown.split(/\s+/).map((word) => word.replace(/^--preset=(?=.)|\/$/, ''));
      for (const word of offers) expect(named).toContain(word);
      const first = shown.split('\n').map((row) =>
        row
          .split(/\t| {2}/, 1)[0]
          ?.trim()
          .replace(/\/$/, ''),
      );
      for (const word of offersNot) expect(first).not.toContain(word);
    });
  });
}
