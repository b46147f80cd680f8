/// <reference lib="dom" />
/** Warnings where they are: a frame around each place on the picture, with the warning's number. */
import type { Marked } from '../api.ts';

interface Props {
  warnings: readonly Marked[];
  /** Of the picture, px. */
  width: number;
  height: number;
  /** The warning that is pointed at. */
  active: number | null;
}

/** Around a place, so that a frame touches no letter, px of the picture. */
const AIR = 6;

const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;

export function Marks({ warnings, width, height, active }: Props) {
  return (
    <>
      {warnings.flatMap(({ code, places }, index) =>
        places.map((place, at) => {
          const left = Math.max(0, place.x - AIR);
          const top = Math.max(0, place.y - AIR);
          return (
            <span
              key={`${index} ${at}`}
              aria-hidden="true"
              class={`mark ${code}${active === index ? ' active' : ''}`}
              style={{
                left: percent(left, width),
                top: percent(top, height),
                width: percent(Math.min(width, place.x + place.width + AIR) - left, width),
                height: percent(Math.min(height, place.y + place.height + AIR) - top, height),
              }}
            >
              <b>{index + 1}</b>
            </span>
          );
        }),
      )}
    </>
  );
}
