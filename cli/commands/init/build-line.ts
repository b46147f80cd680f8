/** Where a site is built, and the line that runs og-sync there. Pure but for reading the project. */
import type { Project } from '../../scan/presets/types.ts';
import { findCommands, replaceLine } from './edit.ts';
import type { FoundCommand } from './edit.ts';

/** Files that say how a site is built. */
const FILES = [
  'package.json',
  'netlify.toml',
  'vercel.json',
  'bitbucket-pipelines.{yml,yaml}',
  '.gitlab-ci.{yml,yaml}',
  '.github/workflows/*.{yml,yaml}',
];

export interface BuildEdit {
  file: string;
  before: string;
  text: string;
  /** The lines that change, as they stand in the file's strings. */
  lines: { from: string; to: string }[];
}

export type When = 'before' | 'after';

/** A build command with og-sync in front of it or behind it. */
export function withSync(command: string, when: When): string {
  return when === 'before' ? `npx og-sync && ${command}` : `${command} && npx og-sync`;
}

export interface Builds {
  /** What makes each build of the site run og-sync; a build that runs it already is left alone. */
  edits: BuildEdit[];
  /** Whether some build runs it already. */
  isThere: boolean;
}

/** Looks for the commands that build the site, in every file that may hold one. */
export function findBuilds(project: Project, builds: RegExp, when: When): Builds {
  let isThere = false;
  const edits = project.files(...FILES).flatMap((file): BuildEdit[] => {
    const before = project.text(file);
    if (before === null) return [];
    let text = before;
    const lines: BuildEdit['lines'] = [];
    for (const found of findCommands(file, before, builds)) {
      if (!runs(file, found.path)) continue;
      if (/og-sync/.test(found.first + found.last)) {
        isThere = true;
        continue;
      }
      if (!takesMore(found)) continue;
      const from = when === 'before' ? found.first : found.last;
      const to = withSync(from, when);
      const edited = replaceLine(file, text, { path: found.path, from, to });
      if (edited === null) continue;
      text = edited;
      lines.push({ from, to });
    }
    return lines.length === 0 ? [] : [{ file, before, text, lines }];
  });
  return { edits, isThere };
}

/** Whether what stands at that place of the file is run, not only said. */
function runs(file: string, path: readonly (string | number)[]): boolean {
  const names = path.filter((step) => typeof step === 'string');
  const last = names.at(-1) ?? '';
  if (file === 'package.json') return names[0] === 'scripts' && /\bbuild\b|^(?:ci|deploy)$/.test(last);
  if (file === 'netlify.toml') return last === 'command' && names[0] !== 'dev';
  if (file === 'vercel.json') return last === 'buildCommand';
  return last === 'run' || last.endsWith('script');
}

/** Whether a command can be joined to this one: not within a comment or a compound. */
function takesMore({ first, last }: FoundCommand): boolean {
  return !/(?:^|\s)#|[&|;\\{(]$/.test(last) && !/^(?:if|for|while|case|until|#)\b|^#/.test(first);
}
