import { malformed } from '../xml/malformed.js';
import { fieldsReader, listReader, readBoolean, readGuid, readText, readWord } from './fields.js';
import type { ElementReader } from './fields.js';
import { readRequest } from './soap.js';

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

const readFields = fieldsReader({
  ServerId: readGuid,
  FullDomainName: readText,
  LastSyncTime: readWord,
  ParentServerId: readGuid,
  Version: readText,
  IsReplica: readBoolean,
  LastRollupTime: readWord,
  ClientSummaries: listReader('DownstreamServerRollupClientSummary', (cursor) => cursor.skip()),
});

const readServer: ElementReader<DownstreamServer> = (cursor, name) => {
  const fields = readFields(cursor, name);
  if (fields.ServerId === undefined || fields.ParentServerId === undefined)
    throw malformed(name, 'it does not name its server');
  return {
    serverId: fields.ServerId,
    fullDomainName: fields.FullDomainName ?? '',
    lastSyncTime: fields.LastSyncTime ?? '',
    parentServerId: fields.ParentServerId,
    version: fields.Version ?? '',
    isReplica: fields.IsReplica ?? false,
    lastRollupTime: fields.LastRollupTime ?? '',
    clientSummaries: fields.ClientSummaries?.length ?? 0,
  };
};

const readParameters = fieldsReader({
  clientTime: readWord,
  downstreamServers: listReader('DownstreamServerRollupInfo', readServer),
});

/** Reads RollupDownstreamServers (MS-WSUSSS 3.1.4.14). */
export function parseRollupDownstreamServersRequest(bytes: Uint8Array): DownstreamServersReport {
  const { clientTime = '', downstreamServers: servers } = readRequest(bytes, 'RollupDownstreamServers', readParameters);
  if (servers === undefined) throw malformed('downstreamServers', 'it is missing');
  return { clientTime, servers };
}
