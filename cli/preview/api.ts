/** What the server of the preview sends to its page. Types alone: both sides are built from them. */
import type { Post, Warning } from '../../function/contract.ts';
import type { Place } from '../../function/renderer/renderer.ts';

/** Something that went wrong, and where a person repairs it. */
export interface PreviewTrouble {
  code: string;
  message: string;
  hint: string;
  /** As a person would open it; null where no file is to blame. */
  file: string | null;
  line: number | null;
}

/** Compared with the store; `unknown`: the store could not be read. */
export type Status = 'new' | 'changed' | 'stored' | 'unknown';

/** One of several pictures of a post. */
export interface Shot {
  fingerprint: string;
  /** Where the store has it. Two outputs alike have one fingerprint, and a key each. */
  key: string;
  /** The name of its output; null where there is only one. */
  name: string | null;
  width: number;
  height: number;
}

/** One post, or a file that should be one. */
export interface GridEntry {
  /** Its source file: the same from save to save. */
  id: string;
  /** The identity of its picture, the first of its outputs; null where there never was one. */
  fingerprint: string | null;
  /** All its pictures, in the order of the outputs. */
  shots: Shot[];
  title: string;
  slug: string;
  address: string;
  template: string;
  lang: string;
  status: Status;
  /** How many warnings its first picture has; null: not drawn yet. */
  warnings: number | null;
  problem: PreviewTrouble | null;
}

/** Everything the grid shows. */
export interface State {
  site: { name: string; host: string };
  output: { width: number; height: number; format: string };
  templates: string[];
  entries: GridEntry[];
  /** Why what is shown is not what the files say. */
  trouble: PreviewTrouble | null;
  /** Worth knowing, and no fault of a post. */
  notices: string[];
  store: string;
}

/** A warning, and the places on the picture it speaks of. */
export interface Marked extends Warning {
  places: Place[];
}

/** One picture and what it was made of. */
export interface Details {
  fingerprint: string;
  template: string;
  /** `jpeg`, `png`, `webp` */
  format: string;
  bytes: number;
  maxBytes: number;
  quality: number;
  renderMs: number;
  warnings: Marked[];
  /** As the template sees it, pictures left out. */
  post: Post;
}

export interface Bench {
  samples: { id: string; label: string }[];
  /** By template, in the order of the samples. */
  rows: { template: string; fingerprints: string[] }[];
}

/** What the server sends without being asked. */
export type Message =
  /** Something changed: ask for the state again. */
  | { type: 'state' }
  /** A picture was drawn for the first time. */
  | { type: 'drawn'; fingerprint: string; warnings: number; failed: boolean }
  /** How far drawing everything has come. */
  | { type: 'progress'; done: number; all: number };
