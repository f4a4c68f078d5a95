import { XMLParser } from 'fast-xml-parser';
import { malformed } from '../malformed.js';
import { reasonOf } from '../../errors/SyncError.js';
import { XmlCursor } from '../scan/XmlCursor.js';
import { toElement, type OrderedNode } from './toElement.js';
import type { XmlElement } from './XmlElement.js';

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
