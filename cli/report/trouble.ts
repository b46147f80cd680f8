/** The document → what went wrong or should be looked at, by kind: counts first, the rarest first. Pure. */
import { isWarning } from '../../function/contract.ts';
import type { Colors } from './colors.ts';
import type { ImageLine, ReportDocument } from './document.ts';
import { count, safe } from './format.ts';
import { troubleKindOf } from './kinds.ts';

export interface TroubleOptions {
  colors: Colors;
  /** List every one. Without it, three examples of each kind. */
  verbose: boolean;
  /** Print at most this many lines where that is possible; the examples go first. */
  most?: number;
}

/** One thing that went wrong, and where. */
interface Trouble {
  place: string;
  code: string;
  message: string;
}

interface Section {
  title: string;
  paint: (text: string) => string;
  /** By code, the rarest first. */
  kinds: [code: string, troubles: Trouble[]][];
}

/** Examples of each kind. */
const EXAMPLES = [3, 2, 1, 0];

/** What went wrong, or should be looked at: warnings, problems, failed images; each by kind, the rarest kind first. */
export function troubleLines(document: ReportDocument, options: TroubleOptions): string[] {
  const sections = sectionsOf(document, options.colors).filter(({ kinds }) => kinds.length > 0);
  if (options.verbose) return linesOf(sections, Infinity, options.colors);
  const { most = Infinity } = options;
  const tries = EXAMPLES.map((examples) => linesOf(sections, examples, options.colors));
  return tries.find((lines) => lines.length <= most) ?? tries.at(-1) ?? [];
}

function sectionsOf({ images, problems }: ReportDocument, colors: Colors): Section[] {
  const warned = images.filter(({ warnings }) => warnings.some(isWarning));
  const noted = images.filter(({ warnings }) => !warnings.every(isWarning));
  const failed = images.filter(({ action }) => action === 'failed');
  return [
    {
      title: `· ${count(noted.length, 'image')} with something good to know`,
      paint: colors.dim,
      kinds: byKind(
        noted.flatMap((image) =>
          image.warnings
            .filter((one) => !isWarning(one))
            .map(({ code, message }) => ({ place: placeOf(image), code, message })),
        ),
      ),
    },
    {
      title: `▲ ${count(warned.length, 'image')} to look at`,
      paint: colors.yellow,
      kinds: byKind(
        warned.flatMap((image) =>
          image.warnings
            .filter(isWarning)
            .map(({ code, message }) => ({ place: placeOf(image), code, message })),
        ),
      ),
    },
    {
      title: `✖ ${count(problems.length, 'problem')} in the content`,
      paint: colors.red,
      kinds: byKind(
        problems.map(({ file, code, message }) => ({
          place: file,
          code,
          message: withoutFile(message, file),
        })),
      ),
    },
    {
      title: `✖ ${count(failed.length, 'image')} failed`,
      paint: colors.red,
      kinds: byKind(
        failed.map((image) => ({
          place: placeOf(image),
          code: image.error?.code ?? '',
          message: image.error?.message ?? '',
        })),
      ),
    },
  ];
}

function placeOf({ file, key, output }: ImageLine): string {
  if (file === null) return key;
  return output === undefined ? file : `${file} (${output})`;
}

function byKind(troubles: readonly Trouble[]): Section['kinds'] {
  return [...Map.groupBy(troubles, ({ code }) => code)].sort(
    ([one, { length: few }], [other, { length: many }]) => few - many || (one < other ? -1 : 1),
  );
}

/** A message that begins with its file would say it twice. */
export function withoutFile(message: string, file: string): string {
  return message.startsWith(file) ? message.slice(file.length).replace(/^: | /, '') : message;
}

function linesOf(sections: readonly Section[], examples: number, colors: Colors): string[] {
  const lines = sections.flatMap((section) => sectionLines(section, examples, colors));
  const isCut = sections.some(({ kinds }) => kinds.some(([, { length }]) => length > examples));
  return isCut ? [...lines, colors.dim('  --verbose lists all of them; so does --json.')] : lines;
}

function sectionLines({ title, paint, kinds }: Section, examples: number, colors: Colors): string[] {
  const width = Math.max(...kinds.map(([, { length }]) => number(length).length));
  const indent = ' '.repeat(width + 4);
  const lines = [paint(title)];
  for (const [code, all] of kinds) {
    const { name, cure } = troubleKindOf(code);
    lines.push(`  ${colors.bold(number(all.length).padStart(width))}  ${paint(safe(code))}: ${name}`);
    if (examples === 0) continue;
    for (const { place, message } of all.slice(0, examples))
      lines.push(`${indent}${safe(place)}  ${colors.dim(safe(message))}`);
    if (all.length > examples) lines.push(`${indent}… and ${number(all.length - examples)} more`);
    if (cure !== undefined) lines.push(`${indent}${colors.cyan(`→ ${cure}`)}`);
  }
  return lines;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
