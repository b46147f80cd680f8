/** Where the comparison of a plan goes. */
import { resolve } from 'node:path';
import { CliError } from '../../errors.ts';
import type { Shell } from '../shell.ts';
import type { PlanFlags } from './flags.ts';

export interface ComparisonFiles {
  /** Absolute, as the others. */
  html: string | null;
  markdown: string | null;
  /** Ends with a slash. */
  picturesUrl: string | null;
}

/** Null when no comparison is asked for. Throws CliError `usage`. */
export function comparisonFiles({
  flags,
  cwd,
}: Pick<Shell<PlanFlags>, 'flags' | 'cwd'>): ComparisonFiles | null {
  const { html, markdown, picturesUrl } = flags;
  if (picturesUrl !== undefined && markdown === undefined)
    throw new CliError(
      'usage',
      '--pictures-url says where the pictures of --markdown will be published, but there is no --markdown.',
      'Add --markdown FILE.',
    );
  if (html === undefined && markdown === undefined) return null;
  return {
    html: html === undefined ? null : resolve(cwd, html),
    markdown: markdown === undefined ? null : resolve(cwd, markdown),
    picturesUrl: picturesUrl === undefined ? null : checkedUrl(picturesUrl),
  };
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/?$/, '/');
  throw new CliError(
    'usage',
    `--pictures-url must be an address that begins with https:// or http://; found ${JSON.stringify(text)}.`,
    'Give the address at which the folder of pictures will be published.',
  );
}
