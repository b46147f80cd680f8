/** What a page says about itself in JSON-LD (https://schema.org/Article). */
import { fieldsOf } from '../markdown/values.ts';
import { tidy } from './outline.ts';

export interface Article {
  date: string | null;
  author: string | null;
  image: string | null;
}

const NONE: Article = { date: null, author: null, image: null };
/** A page's own data is a few kB; beyond this nobody looks for a date. */
const MOST = 200_000;
const ARTICLE = /(Article|Posting|Report)$/;

/** The article among the nodes of all scripts, else the web page; what does not parse is left out. */
export function articleOf(scripts: readonly string[]): Article {
  const nodes = scripts.flatMap((script) => nodesOf(parse(script)));
  const node = nodes.find(isOf(ARTICLE)) ?? nodes.find(isOf(/Page$/));
  if (node === undefined) return NONE;
  const byId = new Map(nodes.map((one) => [one['@id'], one]));
  return {
    date: textOf(node['datePublished']),
    author: named(node['author'], 'name', byId),
    image: named(node['image'], 'url', byId),
  };
}

type Node = Readonly<Record<string, unknown>>;

function parse(script: string): unknown {
  if (script.length > MOST) return null;
  try {
    return JSON.parse(script);
  } catch {
    return null;
  }
}

/** The nodes at the top: one, a list, or a graph. */
function nodesOf(value: unknown): Node[] {
  const top = Array.isArray(value) ? value : [value];
  return top.flatMap((one: unknown) => {
    const node = fieldsOf(one);
    const graph: unknown = node['@graph'];
    return Array.isArray(graph) ? graph.map(fieldsOf) : [node];
  });
}

function isOf(kind: RegExp): (node: Node) => boolean {
  return ({ '@type': type }) =>
    (Array.isArray(type) ? type : [type]).some((one) => typeof one === 'string' && kind.test(one));
}

/** A text, or the field of the object, or of the first of a list; an object may stand elsewhere under its `@id`. */
function named(value: unknown, field: string, byId: ReadonlyMap<unknown, Node>): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = textOf(first);
  if (text !== null) return text;
  const node = fieldsOf(first);
  return textOf(node[field]) ?? textOf(byId.get(node['@id'])?.[field]);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? tidy(value) || null : null;
}
