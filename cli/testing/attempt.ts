/** What a call gives: a value, or the error it throws. For properties of the kind "this, or a named error". */
export type Caught<T> = { value: T; error?: never } | { value?: never; error: unknown };

export function caught<T>(work: () => T): Caught<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
