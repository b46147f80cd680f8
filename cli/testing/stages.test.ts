import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { folderWith } from './files.ts';

/** A file of a stage and what it imports → whether the linter takes it. */
const IMPORTS: readonly (readonly [file: string, imported: string, isTaken: boolean])[] = [
  ['cli/scan/x.ts', '../config/config.ts', true],
  ['cli/scan/x.ts', '../../function/contract.ts', true],
  ['cli/scan/x.ts', '../dispatch/dispatch.ts', false],
  ['cli/scan/markdown/x.ts', '../../plan/plan.ts', false],
  ['cli/scan/x.test.ts', '../plan/plan.ts', true],
  ['cli/plan/x.ts', '../../function/fingerprint.ts', true],
  ['cli/plan/x.ts', 'node:path', true],
  ['cli/plan/x.ts', 'node:fs', false],
  ['cli/plan/x.ts', 'node:fs/promises', false],
  ['cli/plan/x.ts', 'node:https', false],
  ['cli/plan/x.ts', '../../function/store/folder.ts', false],
  ['cli/plan/x.ts', '../report/format.ts', false],
  ['cli/dispatch/x.ts', '../plan/plan.ts', true],
  ['cli/dispatch/x.ts', '../scan/scan.ts', false],
  ['cli/inventory/x.ts', '../dispatch/url.ts', false],
  ['cli/compare/x.ts', '../dispatch/dispatch.ts', true],
  ['cli/compare/x.ts', '../report/format.ts', false],
  ['cli/compare/x.ts', '../inventory/inventory.ts', false],
  ['cli/report/x.ts', '../events.ts', true],
  ['cli/report/x.ts', '../compare/compared.ts', true],
  ['cli/report/x.ts', '../inventory/inventory.ts', false],
  ['cli/pictures/x.ts', '../plan/items.ts', false],
  ['cli/pages/x.ts', '../dispatch/local.ts', false],
  ['cli/config/x.ts', '../scan/scan.ts', false],
  ['cli/dispatch/x.ts', '../wiring.ts', false],
  ['cli/plan/x.ts', '../commands/shell.ts', false],
  ['cli/scan/x.ts', '../../deploy/plan/plan.ts', false],
  ['cli/commands/plan/x.ts', '../../wiring.ts', true],
  ['cli/wiring.ts', './dispatch/local.ts', true],
  ['cli/api/x.ts', '../sync.ts', true],
  ['cli/api/x.ts', '../commands/shell.ts', false],
  ['cli/api/x.ts', '../plugins/live.ts', false],
  ['cli/plan/x.ts', '../api/run.ts', false],
  ['cli/plugins/x.ts', '../api/run.ts', true],
  ['cli/plugins/x.ts', '../wiring.ts', false],
  ['cli/plugins/x.ts', '../plan/plan.ts', false],
  ['function/x.ts', '../cli/errors.ts', false],
  ['deploy/plan/x.ts', '../../function/store/s3.ts', false],
];

test(
  'the linter knows the stages: what one may import of another, and what not',
  { timeout: 60_000 },
  async () => {
    const files = new Map<string, string>();
    for (const [at, [file, imported]] of IMPORTS.entries())
      files.set(file.replace('x.', `x${at}.`), `import { it } from '${imported}';\nit();\n`);
    const folder = await folderWith(Object.fromEntries(files));
    await copyFile(join(PACKAGE_ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    const lint = join(PACKAGE_ROOT, 'node_modules/.bin/oxlint');
    const said = await new Promise<string>((resolve) => {
      execFile(lint, ['--format', 'json'], { cwd: folder }, (_error, stdout) => resolve(stdout));
    });
    const { diagnostics } = JSON.parse(said) as { diagnostics: { code: string; filename: string }[] };
    const refused = new Set(
      diagnostics
        .filter(({ code }) => code.includes('no-restricted-imports'))
        .map(({ filename }) => filename),
    );
    const taken = IMPORTS.map(([file, imported], at) => [
      file,
      imported,
      !refused.has(file.replace('x.', `x${at}.`)),
    ]);
    expect(taken).toEqual(IMPORTS);
  },
);
