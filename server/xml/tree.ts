import { CLOSE, END } from './ElementReader.js';
import { XmlScanner, XmlSyntaxError } from './XmlScanner.js';
import { malformed } from './malformed.js';

/** An element of a small message: local name and namespace URI, never a prefix; `text` is its own text, decoded. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Small messages are configuration and faults; lists and documents are read without a tree of them. */
const MAXIMUM_BYTES = 4 * 1024 * 1024;
const MAXIMUM_DEPTH = 64;

/** Reads a small UTF-8 XML message into elements with namespaces resolved; refuses DOCTYPE and oversize. */
export function readXml(bytes: Uint8Array, what: string): XmlElement {
  if (bytes.byteLength > MAXIMUM_BYTES) throw malformed(what, `it has ${bytes.byteLength} bytes, more than the limit`);
  try {
    return readRoot(new XmlScanner(bytes), what);
  } catch (caught) {
    if (!(caught instanceof XmlSyntaxError)) throw caught;
    throw malformed(what, caught.message);
  }
}

function readRoot(scanner: XmlScanner, what: string): XmlElement {
  scanner.next();
  const root = readElement(scanner, what, 1);
  while (scanner.next() !== END);
  return root;
}

/** The element that was just opened, with its end. */
function readElement(scanner: XmlScanner, what: string, depth: number): XmlElement {
  if (depth > MAXIMUM_DEPTH) throw malformed(what, 'its elements are nested too deep');
  const { localName: name, uri: namespace } = scanner;
  const children: XmlElement[] = [];
  let text = '';
  const take = (piece: string): void => void (text += piece);
  while (scanner.next(take) !== CLOSE) children.push(readElement(scanner, what, depth + 1));
  return { name, namespace, text, children };
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
