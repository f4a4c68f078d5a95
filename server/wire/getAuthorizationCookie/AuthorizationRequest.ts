/** Who asks (MS-WSUSSS 3.2.4.1): the FQDN of the downstream server and a GUID it chose for itself. */
export interface AuthorizationRequest {
  readonly accountName: string;
  readonly accountGuid: string;
  readonly programKeys: readonly string[];
}
