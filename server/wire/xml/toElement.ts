import { malformed } from '../malformed.js';
import { decodeEntities } from './decodeEntities.js';
import type { XmlElement } from './XmlElement.js';

/** One node as fast-xml-parser gives it with preserveOrder: a tag name with its children, `:@` with its attributes. */
export type OrderedNode = Readonly<Record<string, unknown>>;

/** Turns a parsed node into an element, resolving prefixes by the declarations in scope. */
export function toElement(node: OrderedNode, scope: ReadonlyMap<string, string>): XmlElement {
  const tag = Object.keys(node).find((key) => key !== ':@') ?? '';
  const inner = declare(node[':@'] as Readonly<Record<string, string>> | undefined, scope);
  const content = node[tag] as readonly OrderedNode[];
  const [prefix, name] = splitName(tag);
  return {
    name,
    namespace: resolve(prefix, inner),
    text: content.map(textPart).join(''),
    children: content.filter(isElement).map((child) => toElement(child, inner)),
  };
}

function declare(
  attributes: Readonly<Record<string, string>> | undefined,
  scope: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declarations = Object.entries(attributes ?? {}).filter(
    ([name]) => name === 'xmlns' || name.startsWith('xmlns:'),
  );
  if (declarations.length === 0) return scope;
  const inner = new Map(scope);
  for (const [name, uri] of declarations) inner.set(name.slice('xmlns:'.length), decodeEntities(uri));
  return inner;
}

function splitName(tag: string): [prefix: string, name: string] {
  const colon = tag.indexOf(':');
  return colon < 0 ? ['', tag] : [tag.slice(0, colon), tag.slice(colon + 1)];
}

function resolve(prefix: string, scope: ReadonlyMap<string, string>): string {
  const uri = scope.get(prefix);
  if (uri === undefined && prefix !== '') throw malformed(prefix, 'the prefix is not declared');
  return uri ?? '';
}

function isElement(node: OrderedNode): boolean {
  return !('#text' in node) && !('#cdata' in node);
}

function textPart(node: OrderedNode): string {
  if ('#text' in node) return decodeEntities(String(node['#text']));
  if (!('#cdata' in node)) return '';
  const parts = node['#cdata'] as readonly OrderedNode[];
  return parts.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('');
}
