/** What a network cuts off a picture. Pure. */

/** How much of a picture a frame of another shape hides, and where; null: nothing a person would see. */
function cropOf(
  picture: number,
  frame: number,
): { percent: number; sides: 'left and right' | 'top and bottom' } | null {
  const isWider = picture > frame;
  const seen = isWider ? frame / picture : picture / frame;
  const percent = Math.round((1 - seen) * 100);
  return percent < 1 ? null : { percent, sides: isWider ? 'left and right' : 'top and bottom' };
}

/** The same as a sentence. */
export function cropText(picture: number, frame: number | null): string {
  const crop = frame === null ? null : cropOf(picture, frame);
  return crop === null ? 'Whole picture' : `Cuts ${crop.percent} % off, ${crop.sides}`;
}
