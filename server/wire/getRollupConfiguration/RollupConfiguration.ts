/** What a server wants to hear of its downstream servers, and in what portions (MS-WSUSSS 3.1.4.13). */
export interface RollupConfiguration {
  readonly detailed: boolean;
  /** GUID that changes when everything shall be reported again. */
  readonly resetGuid: string;
  readonly serverId: string;
  readonly downstreamServersMaximum: number;
  readonly computersMaximum: number;
  readonly outOfSyncComputersMaximum: number;
  readonly computerStatusMaximum: number;
}
