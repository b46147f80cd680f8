/** What `template new` made → what a person reads. Pure. */
import type { Colors } from '../../report/colors.ts';
import { safe } from '../../report/format.ts';
import type { NamedLine } from './config-question.ts';

export interface Created {
  name: string;
  /** What it was copied from; null: the start with comments. */
  from: string | null;
  /** As a person would write it. */
  folder: string;
  files: readonly string[];
  /** The line that the configuration needs; null: it names the folder already. */
  config: NamedLine | null;
  configFile: string;
  /** One that comes with og-sync has its name. */
  takesPlace: boolean;
  hasFunction: boolean;
}

export function createdLines(created: Created, colors: Colors): string[] {
  const { name, folder, files, config, configFile } = created;
  const lines = [`${colors.green('✔')} ${colors.bold(safe(folder))}: ${files.map(safe).join(', ')}`];
  if (config?.action === 'by hand')
    lines.push(
      `  Into ${safe(config.file)}${config.line.includes('\n') ? '' : ', beside the other fields'}:`,
      ...config.line.split('\n').map((line) => `    ${colors.cyan(safe(line))}`),
    );
  else if (config !== null) lines.push(`  ${safe(config.file)} names the folder now.`);
  lines.push(
    created.takesPlace
      ? `  It takes the place of the template ${name} that comes with og-sync; the others stay.`
      : `  The templates that come with og-sync stay: ${name} stands beside them.`,
    `  Use it:      template: ${name} in the front matter of a post, or template: '${name}' in ${safe(configFile)} for all`,
    `  Look at it:  ${colors.cyan('npx og-sync preview')}`,
    `  Check it:    ${colors.cyan(`npx og-sync template check ${name}`)}`,
  );
  if (created.hasFunction)
    lines.push('  The function has its own copy: deploy it with this folder (OG_TEMPLATES, docs/deploy.md).');
  return lines;
}
