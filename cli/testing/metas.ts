/** What an HTML parser written by others finds in the head of a page. */
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

function child(parent: { childNodes: DefaultTreeAdapterTypes.ChildNode[] }, name: string): Element {
  return parent.childNodes.find(({ nodeName }) => nodeName === name) as Element;
}

/** The contents of the `<meta>` tags of a head, by name. */
export function metasOfHead(html: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const node of child(child(parse(html), 'html'), 'head').childNodes) {
    if (node.nodeName !== 'meta') continue;
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    const name = attributes['property'] ?? attributes['name'];
    if (name !== undefined) (found[name] ??= []).push(attributes['content'] ?? '');
  }
  return found;
}
