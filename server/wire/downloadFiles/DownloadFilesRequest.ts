import type { Cookie } from '../getCookie/Cookie.js';

/** What DownloadFiles takes (MS-WSUSSS 3.1.4.11): files by their base64 SHA-1. */
export interface DownloadFilesRequest {
  readonly cookie: Cookie | undefined;
  readonly digests: readonly string[];
}
