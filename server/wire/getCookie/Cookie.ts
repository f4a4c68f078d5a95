/**
 * What every later request carries (MS-WSUSSS 2.2.4): `expiration` as written by the server, `encryptedData` base64 and
 * opaque.
 */
export interface Cookie {
  readonly expiration: string;
  readonly encryptedData: string;
}
