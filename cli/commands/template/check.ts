/** `og-sync template check` */
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadTemplates } from '../../../function/templates/templates.ts';
import { loadSite } from '../../pictures/site.ts';
import { lineWriter } from '../../report/wrap.ts';
import { shownPath } from '../../config/paths.ts';
import { openPictures, openRenderer, openTemplates } from '../../wiring.ts';
import { configureServer, shellColors } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { checkTemplates } from './check-run.ts';
import { chooseTemplates, shownFolder } from './choose.ts';
import type { CheckTemplatesFlags } from './flags.ts';
import { unnamedTemplates } from './place.ts';
import { writePicture } from './pictures.ts';
import { checkedLines } from './report.ts';

/** What times are compared with: the template that comes with og-sync, whatever the user's own is called. */
const BASELINE = 'default';

/** Resolves to 1 when a card cannot be drawn, with `--strict` on a warning, too; throws `CliError` or `FunctionError`. */
export async function checkTemplatesCommand(shell: Shell<CheckTemplatesFlags>): Promise<number> {
  const { flags, settings, cwd, signal, stdout, json } = shell;
  const config = await configureServer(shell);
  const templates = await openTemplates(config, settings);
  const unnamed = config.templates === null ? await unnamedTemplates(config.root) : undefined;
  const chosen = chooseTemplates(templates, flags.operands ?? [], unnamed);
  const { all: shipped } = await loadTemplates({ cacheDir: settings.cacheDir });
  const baseline = shipped.get(BASELINE);
  if (baseline === undefined) throw new Error(`og-sync has no template ${BASELINE}.`);
  const site = await loadSite(config, openPictures(config, settings, signal));
  const out = flags.out === undefined ? null : resolve(cwd, flags.out);
  const renderer = await openRenderer(settings);
  try {
    const document = await checkTemplates({
      templates: chosen,
      outputs: config.outputs,
      baseline,
      site,
      renderer,
      signal,
      shown: (template) => shownFolder(template, cwd),
      onPicture: async (shot) => {
        if (out !== null) await writePicture(out, shot);
      },
      clock: () => performance.now(),
    });
    json.print(() => document);
    if (flags.json !== true && flags.quiet !== true) {
      const colors = shellColors(shell, 'stdout');
      for (const line of checkedLines(document, { colors, verbose: flags.verbose === true })) print(line);
      if (out !== null) print(`  pictures ${shownPath(out, cwd)}`);
    }
    const { errors, warnings } = document.summary;
    return errors > 0 || (flags.strict === true && warnings > 0) ? 1 : 0;
  } finally {
    await renderer.close();
  }

  function print(line: string): void {
    lineWriter(stdout)(line);
  }
}
