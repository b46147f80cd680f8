/** Single values of front matter, as what they mean. */
import { isBlank } from '../../../function/text/text.ts';
import type { FrontMatter } from './formats.ts';

/** The value when it is an object of fields, else an empty one. */
export function fieldsOf(value: unknown): FrontMatter {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FrontMatter) : {};
}

/** Text on one line; null for what is none, or of which nothing can be seen. Control characters become spaces. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || isBlank(value)) return null;
  return value.replaceAll(/[\p{Cc} \u2028\u2029]+/gu, ' ').trim();
}

/** The first of these fields that is text. */
export function firstText(fields: FrontMatter, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== null) return text;
  }
  return null;
}

/** Blogs written for YAML 1.1 mean a boolean by "yes". */
export function isYes(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes|on)$/i.test(value));
}

/** The opposite of `isYes`, not its absence. */
export function isNo(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^(?:false|no|off)$/i.test(value));
}
