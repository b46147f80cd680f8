/** Colours, or none: the same calls either way. */
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Formatters that colour when `enabled`, and return the text as it is otherwise. */
export function createColors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}
