import { readResult } from '../soap/readResult.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { identityOf } from '../xml/identityOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { UpdateDecryption } from './UpdateDecryption.js';

/** Reads the keys of files (MS-WSUSSS 3.1.4.18). */
export function parseGetUpdateDecryptionDataResponse(bytes: Uint8Array): readonly UpdateDecryption[] {
  const result = readResult(bytes, 'GetUpdateDecryptionData');
  return childrenOf(childOf(result, 'UpdateFileDecryptionData'), 'ServerSyncUpdateFileDecryption').map(readUpdate);
}

function readUpdate(update: XmlElement): UpdateDecryption {
  const files = childrenOf(childOf(update, 'FileDecryptionData'), 'ServerSyncFileDecryption');
  return {
    identity: identityOf(childOf(update, 'UpdateId')),
    files: files.map((file) => ({
      digest: textOf(file, 'FileDigest').trim(),
      key: textOf(file, 'DecryptionKey').trim(),
    })),
  };
}
