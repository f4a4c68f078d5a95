import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Cookie } from '../getCookie/Cookie.js';

/** What GetUpdateData takes (MS-WSUSSS 3.1.4.5). */
export interface UpdateDataRequest {
  readonly cookie: Cookie | undefined;
  readonly identities: readonly UpdateIdentity[];
}
