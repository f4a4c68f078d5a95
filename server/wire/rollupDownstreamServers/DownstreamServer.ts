/**
 * What a downstream server says of itself or of one below it (DownstreamServerRollupInfo, MS-WSUSSS 3.1.4.14), counters
 * left out. Times are dateTime as written.
 */
export interface DownstreamServer {
  readonly serverId: string;
  readonly fullDomainName: string;
  readonly lastSyncTime: string;
  /** All zeros: the server that is told. */
  readonly parentServerId: string;
  readonly version: string;
  readonly isReplica: boolean;
  readonly lastRollupTime: string;
  /** How many summaries of computers came with it. */
  readonly clientSummaries: number;
}

/** What RollupDownstreamServers takes. */
export interface DownstreamServersReport {
  readonly clientTime: string;
  readonly servers: readonly DownstreamServer[];
}
