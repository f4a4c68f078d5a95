import { malformed } from '../malformed.js';
import { readRequest } from '../soap/readPayload.js';
import { booleanOf } from '../xml/booleanOf.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { DownstreamServer, DownstreamServersReport } from './DownstreamServer.js';

/** Reads RollupDownstreamServers (MS-WSUSSS 3.1.4.14). */
export function parseRollupDownstreamServersRequest(bytes: Uint8Array): DownstreamServersReport {
  const request = readRequest(bytes, 'RollupDownstreamServers');
  const list = childOf(request, 'downstreamServers');
  if (list === undefined) throw malformed('downstreamServers', 'it is missing');
  return {
    clientTime: textOf(request, 'clientTime').trim(),
    servers: childrenOf(list, 'DownstreamServerRollupInfo').map(readServer),
  };
}

function readServer(server: XmlElement): DownstreamServer {
  return {
    serverId: guidOf(textOf(server, 'ServerId')),
    fullDomainName: textOf(server, 'FullDomainName'),
    lastSyncTime: textOf(server, 'LastSyncTime').trim(),
    parentServerId: guidOf(textOf(server, 'ParentServerId')),
    version: textOf(server, 'Version'),
    isReplica: booleanOf(server, 'IsReplica'),
    lastRollupTime: textOf(server, 'LastRollupTime').trim(),
    clientSummaries: childrenOf(childOf(server, 'ClientSummaries'), 'DownstreamServerRollupClientSummary').length,
  };
}
