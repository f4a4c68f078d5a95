import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Cookie } from '../getCookie/Cookie.js';

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
