/** What the styles of an SVG ask for: references, filters, layers. Tokens by a CSS tokenizer, so escapes hide nothing. */
import { tokenizer, TokenType } from '@csstools/css-tokenizer';
import type { CSSToken } from '@csstools/css-tokenizer';
import { SvgError } from './error.ts';

/** One `url(…)` of a declaration. */
export interface Link {
  /** `fill`, `filter`, …; in lower case. */
  property: string;
  address: string;
}

/** What one set of declarations costs besides its elements. */
export interface Effects {
  links: Link[];
  /** CSS filter functions: `blur(4px) drop-shadow(…)` are two. */
  filters: number;
  /** Whether a layer of its own is needed: opacity, blending, masks. */
  layer: boolean;
}

/** Declarations and whom they may be for: `.name`, `#id`, an element's name, or `*`. */
export interface Rule extends Effects {
  keys: string[];
  /** Tokens of its selectors: each is compared with each element. */
  tokens: number;
}

const LAYER = /^(?:opacity|mix-blend-mode|isolation|mask.*|clip-path|filter|backdrop-filter|-webkit-mask.*)$/;
const FILTERS =
  /^(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)$/;
/** Functions whose text is an address although no `url` stands before it. */
const LOADERS = new Set(['image-set', '-webkit-image-set', 'image', 'src', 'cross-fade', 'element']);
/** An address that is nowhere: what refers to it is refused. */
const ELSEWHERE = 'elsewhere:';

const noEffects = (): Effects => ({ links: [], filters: 0, layer: false });

/** Reads declarations token by token. */
class Declarations {
  readonly effects: Effects = noEffects();
  #property = '';
  #before: string | null = null;
  #inUrl = false;

  take(token: CSSToken): void {
    const [type, , , , value] = token;
    if (type === TokenType.Semicolon) this.end();
    else if (type === TokenType.Ident && this.#property === '') this.#before = value.value.toLowerCase();
    else if (type === TokenType.Colon && this.#property === '') this.name(this.#before ?? '');
    else if (type === TokenType.URL) this.#link(value.value);
    else if (type === TokenType.BadURL) this.#link(ELSEWHERE);
    else if (type === TokenType.Function) this.#call(value.value.toLowerCase());
    else if (type === TokenType.String && this.#inUrl) this.#link(value.value);
    else if (type === TokenType.CloseParen) this.#inUrl = false;
  }

  /** The next token begins a declaration. */
  end(): void {
    this.#property = '';
    this.#before = null;
  }

  /** What follows is the value of this property. */
  name(property: string): void {
    this.#property = property;
    if (LAYER.test(property)) this.effects.layer = true;
  }

  #call(name: string): void {
    if (name === 'url') this.#inUrl = true;
    else if (LOADERS.has(name)) this.#link(ELSEWHERE);
    else if (FILTERS.test(name) && this.#property.endsWith('filter')) this.effects.filters += 1;
  }

  #link(address: string): void {
    this.effects.links.push({ property: this.#property, address: address.trim() });
  }
}

function* tokensOf(css: string): Generator<CSSToken> {
  const source = tokenizer({ css });
  while (!source.endOfFile()) yield source.nextToken();
}

/** The effects of a `style` attribute. */
export function effectsOfStyle(css: string): Effects {
  const declarations = new Declarations();
  for (const token of tokensOf(css)) declarations.take(token);
  return declarations.effects;
}

/** The effects of one presentation attribute (`fill="url(#a)"`). */
export function effectsOfAttribute(property: string, value: string): Effects {
  const declarations = new Declarations();
  declarations.name(property);
  for (const token of tokensOf(value)) declarations.take(token);
  return declarations.effects;
}

const OPENS: ReadonlySet<string> = new Set([TokenType.Function, TokenType.OpenParen, TokenType.OpenSquare]);
const CLOSES: ReadonlySet<string> = new Set([TokenType.CloseParen, TokenType.CloseSquare]);

/** A block that is open while a sheet is read. */
interface Block {
  keys: string[];
  tokens: number;
  declarations: Declarations;
}

/**
 * The rules of a style sheet. What a selector matches is judged by its last part, and widely rather than narrowly:
 * `g.a > rect.b:hover` is for `.b`. Yields now and then between rules so that a long sheet can be read in slices.
 * @throws SvgError for `@import`.
 */
export function* rulesOf(css: string): Generator<Rule | null> {
  const root: Block = { keys: ['*'], tokens: 0, declarations: new Declarations() };
  const open: Block[] = [root];
  let prelude: CSSToken[] = [];
  let count = 0;
  for (const token of tokensOf(css)) {
    const type = token[0];
    const block = open.at(-1) ?? root;
    if (type === TokenType.AtKeyword && token[4].value.toLowerCase() === 'import')
      throw new SvgError('a style import');
    block.declarations.take(token);
    if (type === TokenType.OpenCurly) {
      const isAtRule = prelude.some(([kind]) => kind === TokenType.AtKeyword);
      open.push({
        keys: isAtRule ? block.keys : keysOf(prelude),
        tokens: prelude.length,
        declarations: new Declarations(),
      });
    }
    if (type === TokenType.CloseCurly && open.length > 1) {
      open.pop();
      open.at(-1)?.declarations.end();
      yield { keys: block.keys, tokens: block.tokens, ...block.declarations.effects };
    }
    const ends =
      type === TokenType.OpenCurly || type === TokenType.CloseCurly || type === TokenType.Semicolon;
    if (ends) prelude = [];
    else prelude.push(token);
    count += 1;
    if (count % 1000 === 0) yield null;
  }
  // A sheet may end before its blocks do; they count all the same.
  for (const { keys, tokens, declarations } of open) yield { keys, tokens, ...declarations.effects };
}

/** For each selector of a list the most telling name of its last compound. */
function keysOf(prelude: readonly CSSToken[]): string[] {
  const keys: string[] = [];
  let found = { key: '*', rank: 0 };
  let fresh = false;
  let depth = 0;
  let before = '';
  for (const token of prelude) {
    const [type, raw, , , value] = token;
    if (type === TokenType.Comment) continue;
    if (OPENS.has(type)) depth += 1;
    else if (CLOSES.has(type)) depth -= 1;
    else if (depth > 0) continue;
    else if (type === TokenType.Whitespace || (type === TokenType.Delim && '>+~'.includes(raw))) fresh = true;
    else if (type === TokenType.Comma) {
      keys.push(found.key);
      found = { key: '*', rank: 0 };
    } else {
      if (fresh) found = { key: '*', rank: 0 };
      fresh = false;
      const next =
        type === TokenType.Hash
          ? { key: `#${value.value}`, rank: 3 }
          : type === TokenType.Ident && before === '.'
            ? { key: `.${value.value}`, rank: 2 }
            : type === TokenType.Ident && before !== ':'
              ? { key: value.value.toLowerCase(), rank: 1 }
              : found;
      if (next.rank >= found.rank) found = next;
    }
    before = raw;
  }
  return [...keys, found.key];
}
