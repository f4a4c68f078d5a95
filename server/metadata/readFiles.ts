import type { UpdateDraft } from './UpdateDraft.js';
import type { UpdateFile } from './UpdateMetadata.js';
import { CLOSE } from './XmlScanner.js';
import type { XmlScanner } from './XmlScanner.js';
import { UPDATE_NAMESPACE } from './namespaces.js';

/** Reads Files: name, base64 digests, size in bytes. */
export function readFiles(scanner: XmlScanner, draft: UpdateDraft): void {
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'File') draft.files.push(readFile(scanner));
    else scanner.skip();
  }
}

function readFile(scanner: XmlScanner): UpdateFile {
  const text = (name: string): string => scanner.attribute(name) ?? '';
  const file = {
    fileName: text('FileName'),
    digest: text('Digest'),
    sha256: '',
    size: Number(text('Size')) || 0,
    modified: text('Modified'),
    patchingType: text('PatchingType'),
  };
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'AdditionalDigest' && scanner.attribute('Algorithm') === 'SHA256')
      file.sha256 = scanner.text();
    else scanner.skip();
  }
  return file;
}
