/** Which words keep their case where a template sets its text in capitals: another case would be another word. Pure. */
import { UNIT_SIGNS } from './spacing-rules.ts';
import type { Part } from './marks.ts';

/** Between spaces: a version, an address, an identifier, a path, a flag, an option, a handle, `10x`, `x²`, `iOS`, `XXe`, `APIs`. */
const TOKENS: readonly RegExp[] = [
  /:\/\/|[_@\\={}<>$]|::|\(\)/u,
  /^[-#/~.]|\/.*\/|\/$/u,
  /[\p{L}\p{N}]{2}\.[\p{L}\p{N}]{2}|\d\.\d/u,
  /^[^\p{L}\p{N}]?v?\d/u,
  /[\u00b2\u00b3\u00b9\u2070-\u209c]/u,
  /^[^\p{L}]?\p{Ll}[\p{Ll}\p{N}]{0,30}\p{Lu}/u,
  /^[^\p{L}]?[IVX]{1,9}(?:e|er|ère|es|º|ª)(?!\p{L})/u,
  /^[^\p{L}]?\p{Lu}{2,20}s(?!\p{L})/u,
];

/** A unit behind its number, and a single letter beside an operator: `5 km`, `a ≠ b`. */
const PLACED = new RegExp(
  String.raw`(?<=\d[ \u00a0\u202f])(?:${UNIT_SIGNS})(?![\p{L}\d])|(?<=[\p{Sm}][ \u00a0])\p{Ll}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])\p{Ll}(?=[ \u00a0][-=<]{0,3}\p{Sm})`,
  'gu',
);

const isCased = (text: string): boolean => text.toUpperCase() !== text;

/** Parts that keep their case. */
export function keptCase(text: string): Part[] {
  const parts: Part[] = [];
  for (const { 0: token, index } of text.matchAll(/[^\s\u00a0\u202f]+/gu))
    if (isCased(token) && TOKENS.some((kind) => kind.test(token)))
      parts.push({ from: index, to: index + token.length });
  for (const { 0: sign, index } of text.matchAll(PLACED))
    if (isCased(sign)) parts.push({ from: index, to: index + sign.length });
  return parts;
}
