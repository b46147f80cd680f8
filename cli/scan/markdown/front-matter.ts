/** A file → its front matter. Its head alone is read, and gray-matter takes it apart; no code is run, all is bounded. */
import { closeSync, openSync, readSync } from 'node:fs';
import matter from 'gray-matter';
import { PostError } from '../../errors.ts';
import { FORMATS, parse, plainFields } from './formats.ts';
import type { Format, FrontMatter } from './formats.ts';
import { findOpening } from './opening.ts';

/** The largest front matter, in bytes. */
export const MAX_FRONT_MATTER = 65_536;
const FIRST_READ = 2_048;
const MAX_OPENER = 200;
/** How YAML ends a document. */
const DOCUMENT_END = /\n\.\.\.[ \t\r]*(?=\n|$)/;
/** gray-matter looks for comments with an expression that is quadratic in blank lines. */
const MAX_BLANK_LINES = 1_000;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The head of a file: its front matter from the opening fence to before the closing one. */
export interface Head {
  text: string;
  /** The line of the file, from 1, that it starts on. */
  line: number;
  /** None around a JSON object at the very head. */
  fence: '---' | '+++' | '';
  format: Format;
  /** What stands after the opening fence. */
  opener: string;
}

/**
 * Reads the fields of a file, text, numbers, booleans, lists and objects only; null when it has no front matter.
 * @throws PostError that names the line when it does not parse, or says which bound it breaks; the system's own error
 * when the file cannot be read.
 */
export type ReadFrontMatter = (path: string) => FrontMatter | null;

/** Called for a field that was there already, with its line: the last one counts. */
export type OnRepeated = (path: string, line: number) => void;

/** Opens a reader of files' front matter. */
export type OpenFrontMatter = (onRepeated: OnRepeated) => ReadFrontMatter;

/**
 * A reader of front matter. It is synchronous: a few µs from the system's cache, where each hand-over to Node's thread
 * pool costs ten times that. So one buffer serves all files.
 */
export function frontMatterReader(onRepeated: OnRepeated = () => {}): ReadFrontMatter {
  const first = Buffer.alloc(FIRST_READ);
  return (path) => {
    const file = openSync(path, 'r');
    try {
      const head = readHead(file, first);
      return head === null ? null : parseHead(head, (line) => onRepeated(path, line));
    } finally {
      closeSync(file);
    }
  };
}

function readHead(file: number, first: Buffer): Head | null {
  let bytes = first;
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, length);
    length += count;
    const found = findHead(bytes.subarray(0, length), count === 0);
    if (found !== 'more') return found;
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(length * 4, 2 * MAX_FRONT_MATTER));
  }
}

/** The fields of a head. Throws PostError. */
export function parseHead(
  { text, line, fence, format, opener }: Head,
  onRepeated: (line: number) => void = () => {},
): FrontMatter {
  const engine = (block: string): object => {
    const { value, repeatedAt } = parse(format, block, line);
    if (repeatedAt !== null) onRepeated(repeatedAt);
    return value as object;
  };
  if (fence === '') return plainFields(engine(text));
  if (blankLines(text) > MAX_BLANK_LINES)
    throw new PostError(
      'front_matter_too_large',
      `has front matter of more than ${MAX_BLANK_LINES} blank lines`,
    );
  // The engine under the opener's own name is taken before those of gray-matter, of which some run code. With options
  // gray-matter keeps no cache: from it, a broken block is {} the second time.
  const engines = { [opener === '' ? format : opener]: engine };
  return plainFields(matter(text, { language: format, delimiters: fence, engines }).data);
}

function blankLines(text: string): number {
  return text.match(/^[^\S\n]*$/gm)?.length ?? 0;
}

/**
 * Finds the head in the first bytes of a file; `whole`: there are no more. `more`: more bytes are needed.
 * A closing fence is the first line that begins like the opening one, as gray-matter has it; in YAML also `...`.
 */
export function findHead(bytes: Buffer, whole: boolean): Head | null | 'more' {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new PostError('encoding', 'is UTF-16; save it as UTF-8');
  const opening = findOpening(bytes, whole);
  if (opening === null || opening === 'more') return opening;
  const { at, fence } = opening;
  return fence === '{' ? braced(bytes, at, whole) : fenced(bytes, at, fence, whole);
}

function fenced(bytes: Buffer, start: number, fence: '---' | '+++', whole: boolean): Head | null | 'more' {
  const end = bytes.indexOf('\n', start);
  if (end < 0 || end - start > MAX_OPENER) return whole || bytes.length - start > MAX_OPENER ? null : 'more';
  const opener = decode(bytes.subarray(start + 3, end)).trim();
  const line = lineOf(bytes, start);
  const format = formatOf(opener, fence, line);
  const close = closingFence(bytes, end, fence, format);
  if (close - end > MAX_FRONT_MATTER + 1) throw tooLarge();
  if (close > 0) return { text: decode(bytes.subarray(start, close)), line, fence, format, opener };
  return unclosed(bytes, fence, whole);
}

function closingFence(bytes: Buffer, from: number, fence: string, format: Format): number {
  const close = bytes.indexOf(`\n${fence}`, from);
  const end =
    format === 'yaml'
      ? DOCUMENT_END.exec(bytes.toString('latin1', from, close < 0 ? undefined : close))
      : null;
  return end === null ? close : from + end.index;
}

function lineOf(bytes: Buffer, at: number): number {
  return bytes.toString('latin1', 0, at).split('\n').length;
}

function formatOf(opener: string, fence: string, line: number): Format {
  const name = opener.toLowerCase();
  const format = name === '' || name.startsWith('#') ? 'yaml' : FORMATS.get(name);
  if (format !== undefined) return fence === '+++' ? 'toml' : format;
  throw new PostError(
    'front_matter_language',
    `line ${line}: front matter in ${JSON.stringify(name)} is refused; YAML, TOML and JSON are read, and no code is ever run`,
  );
}

/** A JSON object at the very head, as Hugo has it. In MDX a brace may open an expression: that is no front matter. */
function braced(bytes: Buffer, start: number, whole: boolean): Head | null | 'more' {
  const head = bytes.toString('latin1', start + 1, start + 1 + MAX_OPENER).trimStart()[0];
  if (head === undefined) return whole || bytes.length > MAX_OPENER ? null : 'more';
  if (head !== '"' && head !== '}') return null;
  const close = closingBrace(bytes, start);
  if (close - start >= MAX_FRONT_MATTER) throw tooLarge();
  if (close > 0)
    return {
      text: decode(bytes.subarray(start, close + 1)),
      line: lineOf(bytes, start),
      fence: '',
      format: 'json',
      opener: '',
    };
  return unclosed(bytes, '{', whole);
}

function closingBrace(bytes: Buffer, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) inString = !inString;
    else if (inString) at += byte === 0x5c ? 1 : 0;
    else if (byte === 0x7b) depth++;
    else if (byte === 0x7d && --depth === 0) return at;
  }
  return -1;
}

function unclosed(bytes: Buffer, opener: string, whole: boolean): 'more' {
  if (bytes.length > MAX_FRONT_MATTER) throw tooLarge();
  if (!whole) return 'more';
  throw new PostError('front_matter_open', `opens its front matter with ${opener} but never closes it`);
}

function tooLarge(): PostError {
  return new PostError(
    'front_matter_too_large',
    `has front matter of more than ${MAX_FRONT_MATTER / 1024} KB, or never closes it`,
  );
}

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new PostError('encoding', 'has front matter that is not UTF-8; save it as UTF-8', { cause });
  }
}
