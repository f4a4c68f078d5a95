import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { identityElement } from '../xml/identityElement.js';
import { wrapped } from '../xml/wrapped.js';
import type { UpdateDecryption } from './UpdateDecryption.js';

/** Writes the keys of files (MS-WSUSSS 3.1.4.18). */
export function writeGetUpdateDecryptionDataResponse(updates: readonly UpdateDecryption[], soap: SoapVersion): Buffer {
  return writeResponse('GetUpdateDecryptionData', wrapped('UpdateFileDecryptionData', updates.map(writeUpdate)), soap);
}

function writeUpdate({ identity, files }: UpdateDecryption): string {
  const entries = files.map(
    ({ digest, key }) =>
      `<ServerSyncFileDecryption>` +
      `${element('FileDigest', digest)}${element('DecryptionKey', key || undefined)}</ServerSyncFileDecryption>`,
  );
  return (
    `<ServerSyncUpdateFileDecryption>` +
    `${identityElement('UpdateId', identity)}${wrapped('FileDecryptionData', entries)}</ServerSyncUpdateFileDecryption>`
  );
}
