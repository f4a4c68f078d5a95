import type { Cookie } from '../getCookie/Cookie.js';

/** What GetRelatedRevisionsForUpdates takes (MS-WSUSSS 3.1.4, appendix WSDL): update ids without revision. */
export interface RelatedRevisionsRequest {
  readonly cookie: Cookie | undefined;
  readonly updateIds: readonly string[];
}
