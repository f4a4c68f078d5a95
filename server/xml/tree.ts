import { XMLParser } from 'fast-xml-parser';
import { reasonOf } from '../errors/SyncError.js';
import { XmlCursor } from './XmlCursor.js';
import { malformed } from './malformed.js';
import { decodeEntities } from './references.js';

/** An element of a small message: local name and namespace URI, never a prefix; `text` is its own text, decoded. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** One node as fast-xml-parser gives it with preserveOrder: a tag name with its children, `:@` with its attributes. */
type OrderedNode = Readonly<Record<string, unknown>>;

/** Turns a parsed node into an element, resolving prefixes by the declarations in scope. */
function toElement(node: OrderedNode, scope: ReadonlyMap<string, string>): XmlElement {
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

/** Small messages are configuration and faults; lists and documents go through the byte scanner. */
const MAXIMUM_BYTES = 4 * 1024 * 1024;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 64,
});

/**
 * Reads a small UTF-8 XML message into elements with namespaces resolved; refuses DOCTYPE and oversize before parsing.
 */
export function readXml(bytes: Uint8Array, what: string): XmlElement {
  if (bytes.byteLength > MAXIMUM_BYTES) throw malformed(what, `it has ${bytes.byteLength} bytes, more than the limit`);
  // Our own walk over the bytes is the strict part: UTF-8, matching tags, no DOCTYPE, one root, a bounded depth.
  new XmlCursor(bytes, what).expectEnd();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return rootOf(parse(text, what), what);
}

function parse(text: string, what: string): readonly OrderedNode[] {
  try {
    return parser.parse(text) as readonly OrderedNode[];
  } catch (caught) {
    throw malformed(what, reasonOf(caught));
  }
}

function rootOf(nodes: readonly OrderedNode[], what: string): XmlElement {
  const elements = nodes.filter((node) => !('#text' in node));
  const [root] = elements;
  if (root === undefined || elements.length > 1) throw malformed(what, 'it does not have exactly one root element');
  return toElement(root, new Map());
}

/** The children of an element with this local name in the element's own namespace, in any position. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (element === undefined) return [];
  return element.children.filter((child) => child.name === name && child.namespace === element.namespace);
}

/** The first child with this local name in the element's own namespace; children come in any order when reading. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** The text of an optional child, '' where it is absent. */
export function textOf(element: XmlElement | undefined, name: string): string {
  return childOf(element, name)?.text ?? '';
}
