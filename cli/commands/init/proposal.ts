/** Answers → everything that would be written. Pure but for reading the project. */
import type { Project } from '../../scan/presets/types.ts';
import type { Answers } from './answers.ts';
import { imagesUrl } from './answers.ts';
import { findBuilds, withSync } from './build-line.ts';
import type { BuildEdit } from './build-line.ts';
import { configText } from './config-text.ts';
import type { HeadLines } from './generators/types.ts';
import type { KnownSite } from './site.ts';

export interface Proposal {
  config: { file: string; text: string; before: null };
  edits: BuildEdit[];
  /** The line to add by hand where no build was found. */
  line: string | null;
  /** For the site's own templates, where og-sync writes no tags. */
  head: HeadLines | null;
}

const CONFIG_FILE = 'og.config.ts';

export function propose(
  project: Project,
  { generator, facts }: KnownSite,
  answers: Answers,
  options: { isInstalled: boolean },
): Proposal {
  const label = generator?.label ?? null;
  const { edits, isThere } =
    generator === null ? { edits: [], isThere: false } : findBuilds(project, generator.builds, answers.when);
  const image = { prefix: `${imagesUrl(answers)}/`, suffix: '.jpg' };
  return {
    config: { file: CONFIG_FILE, text: configText(answers, { facts, label, ...options }), before: null },
    edits,
    line: edits.length > 0 || isThere ? null : withSync('<your build>', answers.when),
    head: answers.when === 'after' ? null : (generator?.head(image) ?? anyHead(image)),
  };
}

function anyHead({ prefix, suffix }: { prefix: string; suffix: string }): HeadLines {
  return {
    file: 'the head of your pages',
    lines: [
      `<meta property="og:image" content="${prefix}SLUG${suffix}">`,
      '<meta name="twitter:card" content="summary_large_image">',
    ],
    use: "SLUG is the page's path without its first and last slash and without .html; the root page's is index.",
  };
}
