/** What a call gives: a value, or the error it throws. For properties of the kind "this, or a named error". */
export type Attempt<T> = { value: T; error?: never } | { value?: never; error: unknown };

export function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
