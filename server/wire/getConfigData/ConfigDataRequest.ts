import type { Cookie } from '../getCookie/Cookie.js';

/** What GetConfigData takes (MS-WSUSSS 3.1.4.3); `configAnchor` '' the first time, then it is left out. */
export interface ConfigDataRequest {
  readonly cookie: Cookie | undefined;
  readonly configAnchor: string;
}
