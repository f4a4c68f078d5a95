import { isUtf8 } from 'node:buffer';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformed } from '../malformed.js';
import { reasonOf } from '../../errors/SyncError.js';
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

/** Reads a small UTF-8 XML message into elements with namespaces resolved; refuses DOCTYPE and oversize before parsing. */
export function readXml(bytes: Uint8Array, what: string): XmlElement {
  if (bytes.byteLength > MAXIMUM_BYTES) throw malformed(what, `it has ${bytes.byteLength} bytes, more than the limit`);
  if (!isUtf8(bytes)) throw malformed(what, 'it is not UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').replace(/^\ufeff/, '');
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw malformed(what, 'it holds a DOCTYPE');
  checkWellFormed(text, what);
  return rootOf(parse(text, what), what);
}

function checkWellFormed(text: string, what: string): void {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw malformed(what, `${verdict.err.msg.replace(/\.$/, '')} (line ${verdict.err.line})`);
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
