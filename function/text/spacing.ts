/** Spaces that hold the words of a text together become such that do not break, one for one, so that marks keep their places. */
import { LAST_RULES, SPACING_RULES, monthRules } from './spacing-rules.ts';
import type { SpacingRule } from './spacing-rules.ts';

/** The rules of a language (BCP 47), in their order. */
export function rulesOf(language: string): SpacingRule[] {
  const [base = ''] = language.split('-');
  return [...SPACING_RULES, ...monthRules(base), ...LAST_RULES].filter(
    ({ languages, except }) => (languages?.includes(base) ?? true) && except?.includes(base) !== true,
  );
}

/** The text, with spaces that do not break where its words belong together. As long as it was. */
export function bound(text: string, language: string, rules = rulesOf(language)): string {
  let held = text;
  for (const { space, by } of rules) held = held.replaceAll(space, (found) => found.replaceAll(' ', by));
  return held;
}
