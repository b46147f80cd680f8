/** Which faces a card's text needs, and which characters none of them has. */
import type { Cluster } from './characters.ts';
import type { Coverage } from './coverage.ts';
import type { Face } from './face.ts';

export interface Candidates {
  /** The families the template names: every one of them must be able to draw a cluster, else it needs a stand-in. */
  named: readonly Face[];
  /** Stand-ins, the best first, in the same order each time. Listed lazily: most texts need none. */
  standIns: () => Iterable<Face>;
  /** Whether the browser's own list of fonts has a code point, and whether as an emoji. */
  system: (codePoint: number) => Promise<{ text: boolean; emoji: boolean }>;
}

export interface Selection {
  /** Faces of named families beyond those every card has. */
  named: Face[];
  /** In the order of the candidates: the browser must ask them in that order too. */
  standIns: Face[];
  /** Characters that no font has, and clusters whose characters no font has together. */
  missing: string[];
}

/** Throws `template_failed` when a font file cannot be read. */
export async function select(
  clusters: readonly Cluster[],
  candidates: Candidates,
  coverage: Coverage,
): Promise<Selection> {
  const named = new Set<Face>();
  const standIns = new Map<Face, number>();
  const missing: string[] = [];
  const families = groupByFamily(candidates.named);
  for (const cluster of clusters) {
    const { codePoints, emoji } = cluster;
    if (emoji && (await drawnBySystem(codePoints, 'emoji', candidates))) continue;
    let drawnByAll = true;
    for (const faces of families) {
      const able = (await ranked(faces, codePoints, coverage))?.face;
      if (able === undefined) drawnByAll = false;
      else if (!able.base) for (const face of sameFiles(faces, able)) named.add(face);
    }
    if (drawnByAll && families.length > 0) continue;
    const standIn = await ranked(candidates.standIns(), codePoints, coverage);
    if (standIn !== undefined) standIns.set(standIn.face, standIn.rank);
    else if (!(await drawnBySystem(codePoints, 'either', candidates)))
      missing.push(...(await lacking(cluster, candidates, coverage)));
  }
  const inOrder = [...standIns].sort(([, a], [, b]) => a - b).map(([face]) => face);
  return { named: [...named], standIns: inOrder, missing: [...new Set(missing)] };
}

async function ranked(
  faces: Iterable<Face>,
  codePoints: readonly number[],
  coverage: Coverage,
): Promise<{ face: Face; rank: number } | undefined> {
  let rank = 0;
  for (const face of faces) {
    if (await coverage.hasAll(face, codePoints)) return { face, rank };
    rank += 1;
  }
  return undefined;
}

async function drawnBySystem(
  codePoints: readonly number[],
  by: 'emoji' | 'either',
  { system }: Candidates,
): Promise<boolean> {
  const drawn = await Promise.all(codePoints.map(system));
  return drawn.every(({ emoji }) => emoji) || (by === 'either' && drawn.every(({ text }) => text));
}

/** The characters of a cluster that no font has; all of it where each has one, and no font has all. */
async function lacking({ text }: Cluster, candidates: Candidates, coverage: Coverage): Promise<string[]> {
  const none: string[] = [];
  for (const character of text) {
    const codePoints = [character.codePointAt(0) ?? 0];
    const isDrawn =
      (await ranked(candidates.named, codePoints, coverage)) !== undefined ||
      (await ranked(candidates.standIns(), codePoints, coverage)) !== undefined ||
      (await drawnBySystem(codePoints, 'either', candidates));
    if (!isDrawn) none.push(character);
  }
  return none.length === 0 ? [text] : none;
}

/** The same part of Unicode in every style and weight of the family. */
export function sameFiles(faces: readonly Face[], one: Face): Face[] {
  return faces.filter((face) => !face.base && face.family === one.family && sameRanges(face, one));
}

function sameRanges(a: Face, b: Face): boolean {
  return a.ranges === null || b.ranges === null
    ? a.ranges === b.ranges
    : a.ranges.length === b.ranges.length && a.ranges.every((range, i) => range[0] === b.ranges?.[i]?.[0]);
}

function groupByFamily(faces: readonly Face[]): Face[][] {
  return [...Map.groupBy(faces, (face) => face.family.toLowerCase()).values()];
}
