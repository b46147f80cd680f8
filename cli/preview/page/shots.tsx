/// <reference lib="dom" />
/** Which of a post's pictures is shown large, where there are several. */
import type { Shot } from '../api.ts';

interface Props {
  shots: readonly Shot[];
  /** Its index. */
  chosen: number;
  onChoose: (index: number) => void;
}

export function ShotChoice({ shots, chosen, onChoose }: Props) {
  return (
    <fieldset class="shots">
      <legend class="hidden">Output</legend>
      {shots.map(({ name, width, height }, index) => (
        <label key={name}>
          <input type="radio" name="shot" checked={index === chosen} onChange={() => onChoose(index)} />
          <span>
            {name}{' '}
            <small>
              {width} × {height}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
