/** What a run found → where the change is reviewed, if a CI runs it that shows that. */
import { pathBelow, placeNotes, repositoryRoot } from '../report/annotations/placed.ts';
import { notesOfRun } from '../report/annotations/note.ts';
import type { Note } from '../report/annotations/note.ts';
import { ciOf } from '../report/annotations/ci/registry.ts';
import { figuresOfRun } from '../report/annotations/review.ts';
import type { Figure, Review } from '../report/annotations/review.ts';
import type { ReportDocument } from '../report/document.ts';
import { siteUrlOf } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { createRedactor } from '../config/secrets.ts';
import { safe } from '../report/format.ts';
import { lineWriter } from '../report/wrap.ts';
import type { AnnotationFlags } from './verb.ts';
import type { Mode, Shell } from './shell.ts';

/** ms that publishing may take: a build does not wait for it. */
const PATIENCE_MS = 10_000;

export interface Findings {
  verb: string;
  notes: readonly Note[];
  figures: readonly Figure[];
  /** The folder that files of notes are relative to. */
  from: string;
  /** The address of the site, or null. */
  site: string | null;
}

/**
 * Publishes a review with the CI that runs this. Nothing of it fails a run: what cannot be published costs a line on
 * stderr. Never throws.
 */
export async function annotate(shell: Shell<AnnotationFlags>, found: Findings): Promise<void> {
  const { flags, settings, stderr } = shell;
  const { environment } = settings;
  const ci = flags.annotations === true ? ciOf(environment) : null;
  if (ci === null) return;
  const redact = createRedactor(environment);
  const signal = AbortSignal.any([shell.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const root = repositoryRoot(found.from, ci.root(environment));
    const review = withoutSecrets(reviewOf(found, root), redact);
    await ci.publish(review, { environment, log: stderr, codeQuality: flags.codeQuality, signal });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    lineWriter(stderr)(
      safe(redact(`Not all annotations reached ${ci.name}: ${reason}. The run is not affected.`)),
    );
  }
}

/** The same for a run that read posts. `failure`: what ended it. */
export async function annotateRun(
  shell: Shell<AnnotationFlags>,
  run: { mode: Mode; config: Config; document: ReportDocument; failure: unknown },
): Promise<void> {
  const { mode, config, document, failure } = run;
  const dryRun = mode === 'plan';
  await annotate(shell, {
    verb: dryRun ? 'plan' : 'sync',
    notes: notesOfRun(document, failure),
    figures: figuresOfRun(document, { dryRun }),
    from: config.root,
    site: siteUrlOf(config),
  });
}

function reviewOf({ verb, notes, figures, from, site }: Findings, root: string): Review {
  return {
    verb,
    folder: pathBelow(root, from) ?? '',
    notes: placeNotes(notes, { from, root }),
    figures,
    site,
  };
}

function withoutSecrets(review: Review, redact: (text: string) => string): Review {
  return {
    ...review,
    folder: redact(review.folder),
    site: review.site === null ? null : redact(review.site),
    notes: review.notes.map((note) => ({
      ...note,
      message: redact(note.message),
      path: note.path === null ? null : redact(note.path),
    })),
  };
}
