/** Which faces a card's text needs, and which characters none of them has. */
import type { Character } from './characters.ts';
import type { Coverage } from './coverage.ts';
import { isDeclaredFor } from './face.ts';
import type { Face } from './face.ts';

export interface Candidates {
  /** The families the template names: every one of them must be able to draw a character, else it needs a stand-in. */
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
  missing: string[];
}

/** Throws `template_failed` when a font file cannot be read. */
export async function select(
  characters: readonly Character[],
  candidates: Candidates,
  coverage: Coverage,
): Promise<Selection> {
  const named = new Set<Face>();
  const standIns = new Map<Face, number>();
  const missing: string[] = [];
  const families = groupByFamily(candidates.named);
  for (const { text, codePoint, emoji } of characters) {
    if (emoji && (await candidates.system(codePoint)).emoji) continue;
    let drawnByAll = true;
    for (const faces of families) {
      const able = (await ranked(faces, codePoint, coverage))?.face;
      if (able === undefined) drawnByAll = false;
      else if (!able.base) for (const face of sameFiles(faces, able)) named.add(face);
    }
    if (drawnByAll && families.length > 0) continue;
    const standIn = await ranked(candidates.standIns(), codePoint, coverage);
    if (standIn !== undefined) standIns.set(standIn.face, standIn.rank);
    else if (!(await drawnBySystem(candidates, codePoint))) missing.push(text);
  }
  const inOrder = [...standIns].sort(([, a], [, b]) => a - b).map(([face]) => face);
  return { named: [...named], standIns: inOrder, missing: [...new Set(missing)] };
}

async function ranked(
  faces: Iterable<Face>,
  codePoint: number,
  coverage: Coverage,
): Promise<{ face: Face; rank: number } | undefined> {
  let rank = 0;
  for (const face of faces) {
    if (isDeclaredFor(face, codePoint) && (await coverage.has(face, codePoint))) return { face, rank };
    rank += 1;
  }
  return undefined;
}

async function drawnBySystem(candidates: Candidates, codePoint: number): Promise<boolean> {
  const { text, emoji } = await candidates.system(codePoint);
  return text || emoji;
}

/** The same part of Unicode in every style and weight of the family. */
function sameFiles(faces: readonly Face[], one: Face): Face[] {
  return faces.filter((face) => !face.base && sameRanges(face, one));
}

function sameRanges(a: Face, b: Face): boolean {
  return a.ranges === null || b.ranges === null
    ? a.ranges === b.ranges
    : a.ranges.length === b.ranges.length && a.ranges.every((range, i) => range[0] === b.ranges?.[i]?.[0]);
}

function groupByFamily(faces: readonly Face[]): Face[][] {
  return [...Map.groupBy(faces, (face) => face.family.toLowerCase()).values()];
}
