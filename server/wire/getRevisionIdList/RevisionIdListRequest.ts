import type { RevisionFilter } from '../../upstream/Source.js';
import type { Cookie } from '../getCookie/Cookie.js';

/** What GetRevisionIdList takes (MS-WSUSSS 3.1.4.4). */
export interface RevisionIdListRequest {
  readonly cookie: Cookie | undefined;
  readonly filter: RevisionFilter;
}
