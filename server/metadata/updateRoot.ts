import { CLOSE, type ElementReader, END, OPEN } from '../xml/ElementReader.js';
import { XmlSyntaxError } from '../xml/XmlScanner.js';
import { UPDATE_NAMESPACE } from './UpdateMetadata.js';

/**
 * The names of the root's children, one after the other, empty in another namespace. Whoever takes one reads or skips
 * the element before the next.
 * @throws XmlSyntaxError
 */
export function* childrenOfUpdate(reader: ElementReader): Generator<string, void, undefined> {
  if (reader.next() !== OPEN || reader.localName !== 'Update' || reader.uri !== UPDATE_NAMESPACE)
    throw new XmlSyntaxError('its root is not an Update element', 0);
  while (reader.next() !== CLOSE) yield reader.nameIn(UPDATE_NAMESPACE);
  if (reader.next() !== END) throw new XmlSyntaxError('something follows the root element', 0);
}
