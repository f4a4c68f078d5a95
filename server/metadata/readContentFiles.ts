import { SyncError } from '../errors/SyncError.js';
import { CLOSE, type ElementReader, OPEN } from '../xml/ElementReader.js';
import { QuickScanner } from '../xml/QuickScanner.js';
import { XmlScanner, XmlSyntaxError } from '../xml/XmlScanner.js';
import { UPDATE_NAMESPACE, type UpdateFile } from './UpdateMetadata.js';

/** The content files that a document names: those of the update, then licence terms. */
export interface ContentFiles {
  readonly updateType: string;
  readonly files: readonly Pick<UpdateFile, 'fileName' | 'digest' | 'size'>[];
}

const scanner = new QuickScanner({
  namespaces: [UPDATE_NAMESPACE],
  whole: [],
  children: ['Properties', 'LocalizedPropertiesCollection', 'Files'],
  others: ['Update', 'UpdateType', 'File', 'EulaFile', 'FileName', 'Digest', 'Size'],
});

/**
 * Reads only the content files of an update document (UTF-8 bytes), in a fraction of the time of the whole document.
 * @throws SyncError DocumentInvalid naming `what` and the reason
 */
export function readContentFiles(bytes: Uint8Array, what: string): ContentFiles {
  try {
    return readRoot(scanner.list(bytes) ?? new XmlScanner(bytes));
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new SyncError('DocumentInvalid', { what, reason: error.message }, { cause: error });
  }
}

function readRoot(reader: ElementReader): ContentFiles {
  if (reader.next() !== OPEN || reader.localName !== 'Update' || reader.uri !== UPDATE_NAMESPACE)
    throw new XmlSyntaxError('its root is not an Update element', 0);
  let updateType = '';
  const files: ContentFiles['files'][number][] = [];
  const terms: ContentFiles['files'][number][] = [];
  while (reader.next() !== CLOSE) {
    const name = reader.nameIn(UPDATE_NAMESPACE);
    if (name === 'Properties') updateType = reader.attribute('UpdateType') ?? updateType;
    if (name === 'Files') readEach(reader, 'File', files);
    else if (name === 'LocalizedPropertiesCollection') readEach(reader, 'EulaFile', terms);
    else reader.skip();
  }
  return { updateType, files: [...files, ...terms] };
}

function readEach(reader: ElementReader, name: string, files: ContentFiles['files'][number][]): void {
  const text = (attribute: string): string => reader.attribute(attribute) ?? '';
  while (reader.next() !== CLOSE) {
    if (reader.nameIn(UPDATE_NAMESPACE) === name)
      files.push({ fileName: text('FileName'), digest: text('Digest'), size: Number(text('Size')) || 0 });
    reader.skip();
  }
}
