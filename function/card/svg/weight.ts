/** What drawing costs, in units of one plain element; measured, see docs/rendering.md. */
import type { Effects } from './style.ts';

export const WEIGHT = {
  /** Of text in attributes and elements, per character. */
  character: 1 / 64,
  layer: 20,
  /** One step of a filter over the whole picture. */
  filter: 200,
  /** Looking at one reference. */
  link: 1 / 16,
  /** Comparing one token of a selector with one element, which librsvg does for all of them. */
  match: 1 / 200,
} as const;

/** A drawing that costs more is refused. */
export const MAX_COST = 100_000;

/** Elements in each other, references counted in: each level may need a layer of the picture's size. */
export const MAX_DEPTH = 100;

export function effectWeight({ filters, layer }: Omit<Effects, 'links'>): number {
  return filters * WEIGHT.filter + (layer ? WEIGHT.layer : 0);
}
