/** Texts whose marks are known, and texts that are none, for the test of inline text and `bench/inline.ts`. */
import fc from 'fast-check';
import { MARK_ELEMENTS, spannedHtml, spansOf } from '../../../../function/text/marks.ts';
import type { Mark, MarkKind } from '../../../../function/text/marks.ts';
import { readInline } from '../text.ts';

/** A source with what it means. */
export interface Meant {
  kind: 'markdown' | 'html';
  source: string;
  text: string;
  marks: Mark[];
}

type Node = string | { kind: MarkKind | 'link'; children: Node[] };

/** What stays as it stands, in markdown and in HTML. */
const WORDS =
  'Why we moved 2 * 3 * 4 snake_case __DEV__ __init__ <a> <ul> <script> </div> a<b C++ -> => --flag 1.64.0 naïve 東京 日本語で كيف 🚀 “so” x<y>z'.split(
    ' ',
  );
const word = fc.constantFrom<Node>(...WORDS);
const code = fc
  .constantFrom('npm run', '<ul>', 'a*b*c', '__x__', '&amp;', '[x](y)', '->')
  .map((text): Node => ({ kind: 'code', children: [text] }));
const { node } = fc.letrec<{ node: Node; mark: Node }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, word, code, tie('mark')),
  mark: fc.record({
    kind: fc.constantFrom('emphasis', 'strong', 'struck', 'link'),
    children: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }),
}));

const SIGNS = { emphasis: '*', strong: '**', struck: '~~' } as const;
const TAGS = { emphasis: ['em', 'i'], strong: ['strong', 'b'], struck: ['s', 'del'] } as const;

/** Words at both ends: emphasis that begins or ends with a sign is another story. An element inside its like is none. */
function clean(node: Node, inside: readonly string[]): Node[] {
  if (typeof node === 'string' || node.kind === 'code') return [node];
  const children = node.children.flatMap((child) => clean(child, [...inside, node.kind]));
  return inside.includes(node.kind) ? children : [{ ...node, children: ['one', ...children, 'two'] }];
}

function written(node: Node, kind: Meant['kind'], tag: 0 | 1): string {
  // HTML has no other way to write it.
  if (typeof node === 'string') return kind === 'html' ? node.replace('a<b', 'a&lt;b') : node;
  const inner = node.children.map((child) => written(child, kind, tag)).join(' ');
  if (node.kind === 'link')
    return kind === 'html'
      ? `<span title='<">'>${inner}</span>`
      : `[${inner}](https://x.example/a_b_c "*t*")`;
  if (node.kind === 'code') return kind === 'html' ? `<code>${escaped(inner)}</code>` : `\`\`${inner}\`\``;
  const which = node.kind as keyof typeof SIGNS;
  if (kind === 'html') return `<${TAGS[which][tag]}>${inner}</${TAGS[which][tag]}>`;
  return `${SIGNS[which]}${inner}${SIGNS[which]}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function read(nodes: readonly Node[]): { text: string; marks: Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  const walk = (node: Node): void => {
    if (text !== '' && !text.endsWith(' ')) text += ' ';
    const from = text.length;
    if (typeof node === 'string') text += node;
    else for (const child of node.children) walk(child);
    if (typeof node !== 'string' && node.kind !== 'link')
      marks.push({ kind: node.kind, from, to: text.length });
  };
  for (const node of nodes) walk(node);
  return { text, marks };
}

export const meant: fc.Arbitrary<Meant> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 5 }),
    kind: fc.constantFrom('markdown', 'html'),
    tag: fc.constantFrom(0, 1),
    tick: fc.boolean(),
  })
  .map(({ nodes, kind, tag, tick }) => {
    const all = [...nodes.flatMap((node) => clean(node, [])), ...(tick ? ['a ` alone'] : [])];
    const source = all.map((node) => written(node, kind, tag)).join(' ');
    return Object.assign(read(all), { kind, source });
  });

/** Signs of both languages in any order. */
export const soup = fc
  .array(
    fc.constantFrom(
      ...'* ** _ __ ` `` ~~ [ ]( ) ![ \\ & &amp; &lt; &#60; &#0; &#x110000; < > </ /> <b> </b> <i <em> </em> <script> </script> <svg> </svg> <!-- --> <![CDATA[ ]]> <?x ?> <!x " \' = / https://x.example a b1 é 日本 ع 🚀 \u0000 \u0001 \u200d \ud800'.split(
        ' ',
      ),
      ' ',
      '\n',
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

const order = ({ kind, from, to }: Mark): string => `${from} ${to} ${kind}`;

/** Says what is wrong with the reading of a text that is known, or null. */
export function faultOfMeant({ kind, source, text, marks }: Meant): string | null {
  const found = readInline(source, kind);
  if (found.text !== text)
    return `${JSON.stringify(source)} as ${kind} is read as ${JSON.stringify(found.text)}`;
  const [ours, theirs] = [found.marks.map(order).sort().join(), marks.map(order).sort().join()];
  return ours === theirs ? null : `${JSON.stringify(source)} as ${kind} has the marks ${ours}, not ${theirs}`;
}

const TAG = new RegExp(`</?(?:${Object.values(MARK_ELEMENTS).join('|')})>`, 'g');
const SIGN: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** Says what is wrong with what any text becomes, or null. */
export function faultOfSoup(source: string): string | null {
  for (const kind of ['markdown', 'html', 'plain'] as const) {
    const { text, marks } = readInline(source, kind);
    const html = spannedHtml(text, spansOf(marks));
    const bare = html.replaceAll(TAG, '');
    const fault = /[<>]/.test(bare)
      ? 'a tag of its own'
      : bare.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (sign) => SIGN[sign] ?? '') !== text
        ? 'another text'
        : (balanceFault(html) ?? (isPart(text, source) ? null : 'signs that the source has not'));
    if (fault !== null)
      return `${JSON.stringify(source)} as ${kind} becomes ${JSON.stringify(html)}: ${fault}`;
  }
  return null;
}

function balanceFault(html: string): string | null {
  const open: string[] = [];
  for (const [tag] of html.matchAll(TAG)) {
    if (!tag.startsWith('</')) open.push(tag.slice(1));
    else if (open.pop() !== tag.slice(2)) return 'tags that cross';
  }
  return open.length === 0 ? null : 'a tag that is not closed';
}

/** Whether a text is what is left of another one. Where that has entities, they may be any sign. */
function isPart(text: string, source: string): boolean {
  if (source.includes('&')) return true;
  const signs = source.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  let at = 0;
  for (const sign of text) {
    at = signs.indexOf(sign, at);
    if (at < 0) return false;
    at += sign.length;
  }
  return true;
}
