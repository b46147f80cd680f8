/** `card.css` with what it imports, as one style sheet. */
import { tokenize, TokenType } from '@csstools/css-tokenizer';
import type { CSSToken } from '@csstools/css-tokenizer';
import { FunctionError } from '../contract.ts';
import { isFile, lineOf } from './assets.ts';
import { resolvePath } from './shared.ts';
import type { Source } from './source.ts';

/** In UTF-16 units, all imports counted each time: two files that import one twice each would double it at every step. */
const MOST = 2_000_000;

/** What becomes of the text between imports: `line` is that of its beginning, in `file`. */
type Each = (text: string, file: string, line: number) => string;

interface Import {
  /** Where it stands in the text. */
  from: number;
  to: number;
  path: string;
  /** Blocks that its conditions make: `@layer base`, `@media screen`; the innermost first. */
  blocks: string[];
}

/**
 * The whole style sheet of a template. `@import 'x.css'` puts a file of its folder or of `_shared` there, with its layer
 * and conditions; addresses are left as they are, and the browser fetches none.
 * @throws FunctionError `template_failed` that names file and line: no such file, a circle, too much text.
 */
export function styleSheet(source: Source, each: Each): string {
  let length = 0;

  function sheet(text: string, file: string, through: readonly string[]): string {
    length += text.length;
    if (length > MOST)
      throw new FunctionError(
        'template_failed',
        `The template "${source.name}" has too much text in ${file}: with all that it imports, a style sheet may have ${MOST} characters.`,
        'Import each file once, and keep pictures in files of their own.',
      );
    let result = '';
    let at = 0;
    let line = 1;
    const lineBreaks = (from: number, to: number): number => lineOf(text.slice(from, to), to - from) - 1;
    for (const found of importsOf(text)) {
      result += each(text.slice(at, found.from), file, line);
      line += lineBreaks(at, found.from);
      result += imported(found, { file, line }, through);
      line += lineBreaks(found.from, found.to);
      at = found.to;
    }
    return result + each(text.slice(at), file, line);
  }

  function imported(
    { path, blocks }: Import,
    { file, line }: { file: string; line: number },
    through: readonly string[],
  ): string {
    const name = resolvePath(path, file);
    const bytes = source.files.get(name);
    const refuse = (why: string): never => {
      throw new FunctionError(
        'template_failed',
        `The template "${source.name}" imports ${JSON.stringify(path)} in ${file}, line ${line}, and ${why}.`,
        'Style sheets (.css) of its own folder and of _shared/ can be imported, by a path.',
      );
    };
    if (bytes === undefined) return refuse('there is no such file');
    if (!name.toLowerCase().endsWith('.css')) return refuse('that is no style sheet');
    if (through.includes(name)) return refuse(`that goes in a circle: ${[...through, name].join(' → ')}`);
    const text = sheet(bytes.toString('utf8'), name, [...through, name]);
    return blocks.reduce((inner, block) => `${block}{${inner}}`, text);
  }

  return sheet(source.css, 'card.css', ['card.css']);
}

function importsOf(text: string): Import[] {
  // Most have none: they are not taken apart.
  if (!/@import/i.test(text)) return [];
  const found: Import[] = [];
  let open: { from: number; prelude: CSSToken[] } | null = null;
  for (const token of tokenize({ css: text })) {
    if (open === null) {
      if (token[0] === TokenType.AtKeyword && token[4].value.toLowerCase() === 'import')
        open = { from: token[2], prelude: [] };
    } else if (token[0] === TokenType.Semicolon || token[0] === TokenType.EOF) {
      const one = importOf(open.prelude, text);
      if (one !== null && isFile(one.path)) found.push({ ...one, from: open.from, to: token[3] + 1 });
      open = null;
    } else open.prelude.push(token);
  }
  return found;
}

const isBlank = ([type]: CSSToken): boolean => type === TokenType.Whitespace || type === TokenType.Comment;

function importOf(prelude: readonly CSSToken[], text: string): Pick<Import, 'path' | 'blocks'> | null {
  const tokens = prelude.slice(prelude.findIndex((token) => !isBlank(token)));
  const [first] = tokens;
  if (first === undefined) return null;
  if (first[0] === TokenType.String || first[0] === TokenType.URL)
    return { path: first[4].value, blocks: blocksOf(tokens.slice(1), text) };
  if (first[0] !== TokenType.Function || first[4].value.toLowerCase() !== 'url') return null;
  const { inner, rest } = argumentsOf(tokens);
  const string = inner.find(([type]) => type === TokenType.String);
  return string?.[0] === TokenType.String ? { path: string[4].value, blocks: blocksOf(rest, text) } : null;
}

/** `layer`, `layer(name)`, `supports(…)` and media, in this order, each of which may be absent. */
function blocksOf(tokens: readonly CSSToken[], text: string): string[] {
  const blocks: string[] = [];
  let rest: CSSToken[] = tokens.filter(([type]) => type !== TokenType.Comment);
  const skip = (): void => {
    while (rest[0]?.[0] === TokenType.Whitespace) rest = rest.slice(1);
  };
  skip();
  const [first] = rest;
  if (first?.[0] === TokenType.Ident && first[4].value.toLowerCase() === 'layer') {
    blocks.push('@layer');
    rest = rest.slice(1);
  } else if (first?.[0] === TokenType.Function && first[4].value.toLowerCase() === 'layer') {
    const taken = argumentsOf(rest);
    blocks.push(`@layer ${textOf(taken.inner, text)}`);
    ({ rest } = taken);
  }
  skip();
  const [second] = rest;
  if (second?.[0] === TokenType.Function && second[4].value.toLowerCase() === 'supports') {
    const taken = argumentsOf(rest);
    blocks.push(`@supports (${textOf(taken.inner, text)})`);
    ({ rest } = taken);
  }
  const media = textOf(rest, text);
  if (media !== '') blocks.push(`@media ${media}`);
  return blocks;
}

/** What stands in the parentheses of the function that the tokens begin with, and what comes behind. */
function argumentsOf(tokens: readonly CSSToken[]): { inner: CSSToken[]; rest: CSSToken[] } {
  let depth = 0;
  const end = tokens.findIndex(([type]) => {
    if (type === TokenType.Function || type === TokenType.OpenParen) depth += 1;
    if (type === TokenType.CloseParen) depth -= 1;
    return depth === 0;
  });
  const last = end < 0 ? tokens.length : end;
  return { inner: tokens.slice(1, last), rest: tokens.slice(last + 1) };
}

function textOf(tokens: readonly CSSToken[], text: string): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : text.slice(first[2], last[3] + 1).trim();
}
