/// <reference lib="dom" />
/** Which of a post's pictures is shown large, where there are several. */
import type { Shot } from '../api.ts';

interface Props {
  shots: readonly Shot[];
  chosen: Pick<Shot, 'width' | 'height'> & { fingerprint: string | null };
  onChoose: (index: number) => void;
}

export function ShotChoice({ shots, chosen, onChoose }: Props) {
  return (
    <fieldset class="shots">
      <legend class="hidden">Output</legend>
      {shots.map(({ fingerprint, name, width, height }, index) => (
        <label key={fingerprint}>
          <input
            type="radio"
            name="shot"
            checked={fingerprint === chosen.fingerprint}
            onChange={() => onChoose(index)}
          />
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
