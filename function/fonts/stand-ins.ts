/** What may stand in for a character that a template's own families lack. */
import type { Face } from './face.ts';
import { hanOrder } from './han.ts';
import { hanFaces, scriptFaces, symbolFaces } from './shipped.ts';

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Lists faces for a text, the best first. */
export type StandIns = (language: string, text: string) => Iterable<Face>;

/** Faces for the scripts of a text, of packages that were installed for them. */
type Additional = (text: string) => readonly Face[];

/**
 * Stand-ins by group. A group is listed only when those before it were not enough, and then kept: reading what a hundred
 * slices are declared for takes time.
 * @param own shared fonts of the user: they come first
 * @param additional they come next, since they have the signs of their scripts that other fonts have too
 */
export function createStandIns(own: readonly Face[], additional: Additional): StandIns {
  const groups = new Map<string, Face[]>();

  function group(name: string, list: () => Face[]): Face[] {
    const faces = groups.get(name) ?? list();
    groups.set(name, faces);
    return faces;
  }

  return function* inOrder(language, text) {
    yield* own;
    yield* additional(text);
    yield* group('scripts', scriptFaces);
    // East Asian fonts have many signs too, drawn as wide as an ideograph: right among those, wrong elsewhere.
    const isEastAsian = EAST_ASIAN.test(text);
    if (!isEastAsian) yield* group('symbols', symbolFaces);
    for (const han of hanOrder(language, text)) yield* group(han, () => hanFaces(han));
    if (isEastAsian) yield* group('symbols', symbolFaces);
  };
}
