/** Where the front matter of a file opens, and what may stand before it. */

const MARK = 3;
const LONGEST = 7;
/** Bytes that may stand before the opening fence: blank lines, a license in a comment. */
const MAX_BEFORE = 8_192;
const NEWLINE = 0x0a;

export interface Opening {
  at: number;
  fence: '---' | '+++' | '{';
}

/** A field of YAML or TOML, a comment, a closing fence: what the line after an opening fence looks like. */
const FIELD = /^(?:["'\p{L}\p{N}_][^:=]{0,60}[:=]|#|---|\+\+\+)/u;

/**
 * The opening fence of a file's first bytes: after a byte order mark, blank lines (Zola, Hugo), comments of YAML, HTML and
 * MDX, or inside an HTML comment (Hugo). A rule and a heading look alike: where something stands before the fence, the
 * line after it must look like a field. Null when there is none; `more` when more bytes are needed.
 */
export function findOpening(bytes: Buffer, whole: boolean): Opening | null | 'more' {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? MARK : 0;
  const after = skip(bytes, start, whole);
  if (after === null || after === 'more') return after;
  const { at, comments } = after;
  if (bytes.length - at < LONGEST && !whole) return 'more';
  const fence = bytes.toString('latin1', at, at + 3);
  if (fence[0] === '{') return comments ? null : { at, fence: '{' };
  if ((fence !== '---' && fence !== '+++') || bytes[at + 3] === fence.charCodeAt(0)) return null;
  if (at === start) return { at, fence };
  const next = bytes.indexOf(NEWLINE, at) + 1;
  const end = next === 0 ? -1 : bytes.indexOf(NEWLINE, next);
  if (end < 0 && !whole) return bytes.length - at > MAX_BEFORE ? null : 'more';
  const line = next === 0 ? '' : bytes.toString('utf8', next, end < 0 ? undefined : end);
  return FIELD.test(line.slice(0, 100).trimStart()) ? { at, fence } : null;
}

/** The start of the first line that is neither blank nor a comment. */
function skip(
  bytes: Buffer,
  from: number,
  whole: boolean,
): { at: number; comments: boolean } | null | 'more' {
  let at = from;
  let comments = false;
  for (;;) {
    const line = blankBefore(bytes, at);
    if (line - from > MAX_BEFORE) return null;
    if (line >= bytes.length) return whole ? null : 'more';
    const sign = bytes.toString('latin1', line, line + 4);
    if (sign.length < 4 && !whole) return 'more';
    const end = endOfComment(bytes, line, sign);
    if (end === null) return line === at || bytes[line - 1] === NEWLINE ? { at: line, comments } : null;
    if (end < 0) return whole || bytes.length - line > MAX_BEFORE ? null : 'more';
    comments = true;
    at = end;
  }
}

/** Past white space. */
function blankBefore(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && ' \t\r\n'.includes(String.fromCharCode(bytes[at] ?? 0))) at++;
  return at;
}

/** The end of the comment that begins here; -1 when it is not among the bytes, null when there is no comment. */
function endOfComment(bytes: Buffer, at: number, sign: string): number | null {
  if (sign.startsWith('#')) return bytes.indexOf(NEWLINE, at);
  if (sign.startsWith('{/*')) return endOf(bytes, '*/}', at);
  if (sign !== '<!--') return null;
  const inside = blankBefore(bytes, at + sign.length);
  const fence = bytes.toString('latin1', inside, inside + 3);
  // Hugo reads front matter that is the whole of a comment.
  return ['---', '+++'].includes(fence) && bytes[inside - 1] === NEWLINE ? inside : endOf(bytes, '-->', at);
}

function endOf(bytes: Buffer, sign: string, from: number): number {
  const at = bytes.indexOf(sign, from);
  return at < 0 ? -1 : at + sign.length;
}
