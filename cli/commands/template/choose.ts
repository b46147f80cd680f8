/** Which templates a person means. Pure. */
import { dirname } from 'node:path';
import { SHIPPED_TEMPLATES } from '../../../function/templates/templates.ts';
import type { Template, Templates } from '../../../function/templates/templates.ts';
import { nearest } from '../../config/errors.ts';
import { CliError } from '../../errors.ts';
import { shownPath } from '../../config/paths.ts';

/** Whether a template is the user's. */
export function isOwn({ folder }: Template): boolean {
  return dirname(folder) !== SHIPPED_TEMPLATES;
}

/** A template's folder as a person would write it; of one that comes with og-sync, whose it is. */
export function shownFolder(template: Template, cwd: string): string {
  return isOwn(template) ? shownPath(template.folder, cwd) : `og-sync/templates/${template.name}`;
}

/**
 * The named templates, each once; without a name the user's own, and without any of those all that come with og-sync.
 * @param unnamed folders that the configuration does not name, by the templates in them
 * @throws CliError `unknown_template`
 */
export function chooseTemplates(
  { all }: Pick<Templates, 'all'>,
  names: readonly string[],
  unnamed: ReadonlyMap<string, string> = new Map(),
): Template[] {
  const every = [...all.values()];
  const own = every.filter(isOwn);
  if (names.length === 0) return own.length > 0 ? own : every;
  return [...new Set(names)].map((name) => {
    const template = all.get(name);
    if (template !== undefined) return template;
    const meant = nearest(name, all.keys());
    const folder = unnamed.get(name);
    throw new CliError(
      'unknown_template',
      `There is no template ${JSON.stringify(name)}.`,
      folder !== undefined
        ? `${folder}/${name} is there, but the configuration names no folder of templates. Add to it: templates: '${folder}'.`
        : meant === null
          ? `There are ${[...all.keys()].sort().join(', ')}.`
          : `Did you mean ${meant}?`,
    );
  });
}
