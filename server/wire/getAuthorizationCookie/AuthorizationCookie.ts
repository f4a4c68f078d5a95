/** Proof of authorization (MS-WSUSSS 2.2.4); `cookieData` is base64 and opaque. */
export interface AuthorizationCookie {
  readonly plugInId: string;
  readonly cookieData: string;
}
