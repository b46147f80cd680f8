/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `JUDGE`, and gets the others handed. */
import type { channelLuminances, contrastIn, contrastOver, inkOf, Ink, isWeakIn } from './contrast.ts';
import type { colourOf, keyOf, opacityOf, partsOf, piecesOf, Part, Scene } from './ground.ts';
import type { Flaw, isOff } from './lint.ts';
import type { Box, Pseudo, Run } from './runs.ts';
import type { fillBoxes, hideLetters, Pixels, readPixels, showOnly } from './veil.ts';

/** What `JUDGE` uses of other files. */
export interface JudgeTools {
  channelLuminances: typeof channelLuminances;
  contrastIn: typeof contrastIn;
  isWeakIn: typeof isWeakIn;
  contrastOver: typeof contrastOver;
  inkOf: typeof inkOf;
  colourOf: typeof colourOf;
  opacityOf: typeof opacityOf;
  partsOf: typeof partsOf;
  piecesOf: typeof piecesOf;
  keyOf: typeof keyOf;
  isOff: typeof isOff;
  fillBoxes: typeof fillBoxes;
  hideLetters: typeof hideLetters;
  readPixels: typeof readPixels;
  showOnly: typeof showOnly;
}

/** What a page remembers of grounds from card to card. */
export interface Grounds {
  context: OffscreenCanvasRenderingContext2D;
  colours: Scene['colours'];
  /** Luminance of each value of a channel. */
  light: Float64Array;
  /** Pictures of what only a picture shows, by all that they depend on; the last used is the last. */
  pictures: Map<string, Pixels>;
}

interface Suspect {
  part: Part;
  ink: Ink;
  box: Box;
}

/** What styles tell of a card's contrast, and what only pictures can. */
export interface Judgement {
  runs: readonly Run[];
  /** Over what only a picture shows; its elements, and their key. */
  pending: { part: Part; ink: Ink }[];
  elements: Element[];
  key: string;
  /** Too weak by what styles tell, or beyond what they do. */
  suspects: Suspect[];
}

/** WCAG 2 for large text. */
function least(): number {
  return 3;
}

export function openGrounds({ channelLuminances }: Pick<JudgeTools, 'channelLuminances'>): Grounds {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The page has no canvas.');
  return { context, colours: new Map(), light: channelLuminances(), pictures: new Map() };
}

/** What styles tell, and what a picture that is known already does. */
export function judge(
  runs: readonly Run[],
  pseudos: readonly Pseudo[],
  grounds: Grounds,
  tools: JudgeTools,
): Judgement {
  const scene: Scene = {
    ...grounds,
    paints: new Map(),
    opacities: new Map(),
    mixed: new Map(),
    pseudos: new Map(),
  };
  for (const one of pseudos) scene.pseudos.set(one.element, [...(scene.pseudos.get(one.element) ?? []), one]);
  const judgement: Judgement = { runs, pending: [], elements: [], key: '', suspects: [] };
  const elements = new Set<Element>();
  for (const run of runs) {
    if (!/[\p{L}\p{N}]/u.test(run.text) || tools.isOff(run.element, 'low_contrast')) continue;
    const ink = tools.inkOf(run, scene, tools);
    if (ink.colours.length === 0 && !ink.isOdd) continue;
    for (const part of run.lines.flatMap((line) => tools.partsOf(run, line, scene))) {
      if (ink.isOdd || part.isOdd) judgement.suspects.push({ part, ink, box: part.box });
      else if (part.below.length > 0) {
        judgement.pending.push({ part, ink });
        for (const element of part.below) elements.add(element);
      } else {
        const ratio = tools.contrastOver(part, ink, grounds.light);
        if (ratio < least()) judgement.suspects.push({ part, ink, box: part.box });
      }
    }
  }
  if (judgement.pending.length === 0) return judgement;
  judgement.elements = [...elements].sort((a, b) =>
    (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) > 0 ? -1 : 1,
  );
  judgement.key = tools.keyOf(judgement.elements, scene);
  const known = grounds.pictures.get(judgement.key);
  if (known !== undefined) compare(judgement, known, grounds, tools);
  return judgement;
}

/** Judges what waits for a picture of the ground, and keeps that picture for cards that have the same. */
function compare(
  judgement: Judgement,
  ground: Pixels,
  { pictures, light }: Grounds,
  tools: JudgeTools,
): void {
  pictures.delete(judgement.key);
  pictures.set(judgement.key, ground);
  const [oldest] = pictures.keys();
  if (pictures.size > 8 && oldest !== undefined) pictures.delete(oldest);
  for (const { part, ink } of judgement.pending)
    for (const box of tools.piecesOf(part.box, part.run.size))
      if (tools.isWeakIn(box, ground, ink, part.over, light, least()))
        judgement.suspects.push({ part, ink, box });
  judgement.pending = [];
}

export function isUndecided({ pending, suspects }: Judgement): boolean {
  return pending.length > 0 || suspects.length > 0;
}

/**
 * Decides by pictures of the page what styles left open. Each time it yields, the page is as it must be for the next
 * picture, which it takes as base64 of a JPEG.
 */
export async function* decide(
  judgement: Judgement,
  grounds: Grounds,
  tools: JudgeTools,
): AsyncGenerator<null, Flaw[], string> {
  async function* taken(undo: () => void): AsyncGenerator<null, Pixels, string> {
    const jpeg = yield null;
    undo();
    return tools.readPixels(jpeg);
  }
  if (judgement.pending.length > 0)
    compare(judgement, yield* taken(tools.showOnly(judgement.elements)), grounds, tools);
  const { suspects, runs } = judgement;
  if (suspects.length === 0) return [];
  const ground = yield* taken(tools.hideLetters(runs));
  const odd = suspects.filter(({ part, ink }) => part.isOdd || ink.isOdd);
  const undo = odd.length === 0 ? null : tools.fillBoxes(odd.map(({ part }) => part.run));
  const drawn = undo === null ? null : yield* taken(undo);
  const weakest = new Map<Run, { box: Box; ratio: number }>();
  for (const { part, ink, box: whole } of suspects)
    for (const box of tools.piecesOf(whole, part.run.size)) {
      const ratio = tools.contrastIn(
        box,
        ground,
        ink,
        [],
        part.isOdd || ink.isOdd ? drawn : null,
        grounds.light,
      );
      // Of parts that are as weak as each other, as far as it is told, the first.
      const worst = weakest.get(part.run)?.ratio ?? Infinity;
      if (ratio < least() && Math.floor(ratio * 10) < Math.floor(worst * 10))
        weakest.set(part.run, { box, ratio });
    }
  return [...weakest].map(([run, { box, ratio }]) => flawOf(run, box, ratio));
}

/** The word of a run that stands in a box. */
function wordAt({ node, text }: Run, box: Box): string {
  const middle = (box.left + box.right) / 2;
  const range = document.createRange();
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (node === null) return word;
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    for (const { left, right, top, bottom } of range.getClientRects())
      if (left <= middle && middle <= right && top <= box.bottom && bottom >= box.top) return word;
  }
  return '';
}

function flawOf(run: Run, box: Box, ratio: number): Flaw {
  const { element, pseudo, text } = run;
  const word = wordAt(run, box).replaceAll('\u00ad', '').slice(0, 30);
  const place = word === '' || word === text.trim() ? '' : ` at “${word}”`;
  const found = (Math.floor(ratio * 10) / 10).toFixed(1);
  const message = `has a contrast of ${found}:1 with what is behind it${place}; it needs 3:1 at least.`;
  return { code: 'low_contrast', element, pseudo, text, message, box };
}

export const JUDGE = [least, openGrounds, judge, compare, isUndecided, decide, wordAt, flawOf];
