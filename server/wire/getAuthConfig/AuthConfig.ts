/** One way to be authorized (MS-WSUSSS 3.1.4.1, AuthPlugInInfo); `serviceUrl` may be relative to the server root. */
export interface AuthPlugIn {
  readonly plugInId: string;
  readonly serviceUrl: string;
  readonly parameter: string;
}

/** What a server says about authorization (ServerAuthConfig). `lastChange` is an ISO 8601 dateTime as written. */
export interface AuthConfig {
  readonly lastChange: string;
  readonly plugIns: readonly AuthPlugIn[];
}

/** The one plug-in that exists. */
export const DSS_TARGETING = 'DssTargeting';
