import type { Cookie } from '../getCookie/Cookie.js';

/** What GetDriverSetData takes (MS-WSUSSS 3.1.4.8): GUIDs of driver sets. */
export interface DriverSetDataRequest {
  readonly cookie: Cookie | undefined;
  readonly driverSets: readonly string[];
}

/** A driver set and its targeting document. */
export interface DriverSet {
  readonly driverSetId: string;
  readonly xml: string;
}
