import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { malformed } from '../xml/malformed.js';
import { element, wrapped } from '../xml/write.js';
import { fieldsReader, listReader } from './fields.js';
import { readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { identityElement, readIdentity } from './identity.js';
import { readRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** What GetUpdateDecryptionData takes (MS-WSUSSS 3.1.4.18). */
export interface UpdateDecryptionRequest {
  readonly cookie: Cookie | undefined;
  readonly identities: readonly UpdateIdentity[];
}

/** The keys of the encrypted files of a revision; digest and key are base64, the key '' where there is none. */
export interface UpdateDecryption {
  readonly identity: UpdateIdentity;
  readonly files: readonly { readonly digest: string; readonly key: string }[];
}

const readParameters = fieldsReader({ cookie: readCookie, updateIds: listReader('UpdateIdentity', readIdentity) });

/** Reads GetUpdateDecryptionData (MS-WSUSSS 3.1.4.18). */
export function parseGetUpdateDecryptionDataRequest(bytes: Uint8Array): UpdateDecryptionRequest {
  const { cookie, updateIds: identities } = readRequest(bytes, 'GetUpdateDecryptionData', readParameters);
  if (identities === undefined) throw malformed('updateIds', 'it is missing');
  return { cookie, identities };
}

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
