/** What `--json` prints and the functions of the package resolve to. Types alone. */
import type { Warning } from '../../function/contract.ts';
import type { Finding } from '../pages/findings.ts';
import type { Problem } from '../scan/attempt.ts';

export type Action = 'created' | 'updated' | 'unchanged' | 'orphaned' | 'deleted' | 'failed';

/** One image. Sizes in bytes and px; null where nothing is known, as for an image that was not made in this run. */
export interface ImageLine {
  slug: string | null;
  /** Source file; null for an orphan. */
  file: string | null;
  /** The name of its output, where the configuration has `outputs`; absent for an orphan. */
  output?: string;
  key: string;
  url: string | null;
  action: Action;
  fingerprint: string | null;
  bytes: number | null;
  width: number | null;
  height: number | null;
  renderMs: number | null;
  warnings: Warning[];
  error: { code: string; message: string } | null;
}

export interface Summary {
  posts: number;
  created: number;
  updated: number;
  unchanged: number;
  orphaned: number;
  deleted: number;
  failed: number;
  warnings: number;
  /** Good to know, and no warning: a description that ends in an ellipsis. */
  notes: number;
  /** Of the images made in this run. */
  bytes: number;
  durationMs: number;
}

/** What became of the pages of the built site. */
export interface PagesSummary {
  read: number;
  /** How many are no posts, by reason. */
  leftOut: Readonly<Record<string, number>>;
  /** Files of posts that no page shows. */
  withoutPage: readonly string[];
  /** Null: no tags were to be written. In a dry run: that would be. */
  written: number | null;
  unchanged: number | null;
}

/** A page whose picture took the place of another one in this run. */
export interface ChangedPage {
  /** Its address. */
  page: string;
  /** The address of the picture; null where none is known. */
  image: string | null;
  /** Where each network is asked to look at the page again. */
  refresh: { facebook: string; linkedin: string; telegram: string };
}

export interface ReportDocument {
  /** Of og-sync. */
  version: string;
  summary: Summary;
  images: ImageLine[];
  problems: Problem[];
  /** The pages of the built site; null when none are read. */
  pages: PagesSummary | null;
  /** In the order of their addresses; none where the address of the site is not known. */
  changed: ChangedPage[];
}

/** `ok`: in order. `warning`: a run works all the same. `failure`: it would not. */
export type DoctorSign = 'ok' | 'warning' | 'failure';

export interface DoctorFact {
  sign: DoctorSign;
  fact: string;
  /** What to do; null where all is well. */
  cure: string | null;
}

export interface DoctorDocument {
  /** Of og-sync. */
  version: string;
  /** Numbers of facts. */
  summary: { ok: number; warnings: number; failures: number; durationMs: number };
  /** Always the same checks in the same order. `sign`: the worst of its facts. */
  checks: { name: string; sign: DoctorSign; durationMs: number; facts: DoctorFact[] }[];
}

export interface CheckDocument {
  /** Of og-sync. */
  version: string;
  summary: { pages: number; errors: number; warnings: number; durationMs: number };
  findings: Finding[];
}
