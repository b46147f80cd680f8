/** What the reports of a comparison are made of. */
import type { ComparedTemplate } from '../../compare/compared.ts';
import { count } from '../format.ts';
import type { ImageLine, ReportDocument } from '../document.ts';

export interface ComparisonReport {
  document: ReportDocument;
  /** Templates with something to show, by name. */
  templates: readonly ComparedTemplate[];
  /** Keys of stored images that are compared with a card of another key. */
  replaced: ReadonlySet<string>;
  /** Where images are, as the user would write it. */
  store: string;
  /** How long a run would take and what it would cost; null when there is nothing to do. */
  estimate: string | null;
  /** What a reader should know of the comparison itself. */
  notices: readonly string[];
}

/** `3 cards change, 2 are new, 1 is orphaned`; what there is none of is left out. */
export function headline(report: ComparisonReport): string {
  const { document, templates } = report;
  const orphaned = orphansOf(report).length;
  const { failed } = document.summary;
  const created = sum(templates, ({ created, moreCreated }) => created.length + moreCreated);
  const same = sum(templates, ({ same }) => same);
  const changed = sum(templates, ({ changed, moreChanged }) => changed.length + moreChanged);
  const parts = [
    changed > 0 && `${count(changed, 'card')} ${changed === 1 ? 'changes' : 'change'}`,
    created > 0 && `${created.toLocaleString('en-US')} ${created === 1 ? 'is' : 'are'} new`,
    same > 0 && `${same.toLocaleString('en-US')} ${same === 1 ? 'looks' : 'look'} the same`,
    orphaned > 0 && `${orphaned.toLocaleString('en-US')} ${orphaned === 1 ? 'is' : 'are'} orphaned`,
    failed > 0 && `${failed.toLocaleString('en-US')} cannot be drawn`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'No card changes' : parts.join(', ');
}

function sum(templates: readonly ComparedTemplate[], of: (template: ComparedTemplate) => number): number {
  return templates.reduce((total, template) => total + of(template), 0);
}

/** `12.4 %`; what is more than nothing is at least `0.1 %`. */
export function percent(share: number): string {
  return `${Math.max(0.1, share * 100).toFixed(share > 0.995 || share === 0 ? 0 : 1)} %`;
}

/** Keys that no card replaces. */
export function orphansOf({ document, replaced }: ComparisonReport): string[] {
  const orphaned = document.images.filter(({ action }) => action === 'orphaned').map(({ key }) => key);
  return orphaned.filter((key) => !replaced.has(key));
}

/** Of a message that repeats what a stranger wrote, this many characters. */
const MOST_CHARACTERS = 600;

/** Warnings and what could not be drawn, a line each. */
export function troubleOf({
  images,
  problems,
}: ReportDocument): { place: string; code: string; message: string }[] {
  const failed = images.flatMap(({ error, ...image }) =>
    error === null ? [] : [{ place: placeOf(image), ...error }],
  );
  const warned = images.flatMap((image) =>
    image.warnings.map(({ code, message }) => ({ place: placeOf(image), code, message })),
  );
  const files = problems.map(({ file, code, message }) => ({ place: file, code, message }));
  return [...files, ...failed, ...warned].map(({ place, code, message }) => ({
    place,
    code,
    message: cut(message),
  }));
}

function placeOf({ file, key }: Pick<ImageLine, 'file' | 'key'>): string {
  return file ?? key;
}

function cut(message: string): string {
  return message.length > MOST_CHARACTERS ? `${message.slice(0, MOST_CHARACTERS)} …` : message;
}
