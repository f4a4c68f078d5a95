import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { FilterEntry } from '../../upstream/Source.js';
import type { Cookie } from '../getCookie/Cookie.js';

/** Which drivers are asked for (ServerSyncDriverFilter, MS-WSUSSS 3.1.4.7); `anchor` '' the first time. */
export interface DriverFilter {
  readonly anchor: string;
  readonly categories: readonly FilterEntry<string>[];
  readonly computerIds: readonly FilterEntry<string>[];
  readonly hardwareIds: readonly FilterEntry<string>[];
}

/** What GetDriverIdList takes. */
export interface DriverIdListRequest {
  readonly cookie: Cookie | undefined;
  readonly filter: DriverFilter;
}

/** What it answers with: drivers, and sets of drivers by their GUIDs. */
export interface DriverIdList {
  readonly anchor: string;
  readonly revisions: readonly UpdateIdentity[];
  readonly newDriverSets: readonly string[];
  readonly removedDriverSets: readonly string[];
}
