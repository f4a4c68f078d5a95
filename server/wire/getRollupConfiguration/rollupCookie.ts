import type { Cookie } from '../getCookie/Cookie.js';

/** The cookie of every call of the reporting service (MS-WSUSSS 3.1.4.13.2.1). */
export const ROLLUP_COOKIE: Cookie = { expiration: '9999-12-31T23:59:59.9999999', encryptedData: '' };
