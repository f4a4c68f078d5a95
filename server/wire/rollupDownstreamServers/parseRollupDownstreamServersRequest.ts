import { malformed } from '../malformed.js';
import { type ElementReader, fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readBoolean, readGuid, readText, readWord } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { DownstreamServer, DownstreamServersReport } from './DownstreamServer.js';

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
    throw malformed(name, 'it does not say which server it is');
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
