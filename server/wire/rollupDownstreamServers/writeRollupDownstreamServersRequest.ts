import { cookieElement } from '../getCookie/cookieFields.js';
import { ROLLUP_COOKIE } from '../getRollupConfiguration/rollupCookie.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { DownstreamServer, DownstreamServersReport } from './DownstreamServer.js';

/** Writes RollupDownstreamServers; there are no computers below us to tell of (MS-WSUSSS 3.1.4.14). */
export function writeRollupDownstreamServersRequest(
  { clientTime, servers }: DownstreamServersReport,
  soap: SoapVersion,
): Buffer {
  const list = wrapped('downstreamServers', servers.map(writeServer));
  return writeRequest(
    'RollupDownstreamServers',
    cookieElement(ROLLUP_COOKIE) + element('clientTime', clientTime) + list,
    soap,
  );
}

function writeServer(server: DownstreamServer): string {
  return wrapped('DownstreamServerRollupInfo', [
    element('ServerId', server.serverId),
    element('FullDomainName', server.fullDomainName),
    element('LastSyncTime', server.lastSyncTime),
    element('ParentServerId', server.parentServerId),
    element('Version', server.version),
    element('IsReplica', server.isReplica),
    element('LastRollupTime', server.lastRollupTime),
    '<ClientSummaries></ClientSummaries>',
  ]);
}
