import {
  parseGetRollupConfigurationRequest,
  writeGetRollupConfigurationResponse,
} from '../wire/getRollupConfiguration.js';
import { parsePingRequest, writePingResponse } from '../wire/ping.js';
import { parseRollupDownstreamServersRequest } from '../wire/rollupDownstreamServers.js';
import { writeEmptyResponse } from '../wire/soap.js';
import { CONTENT_TYPE, type SoapVersion } from '../wire/operations.js';
import { type Answer, answered, refused, type ServerContext } from './ServerContext.js';

/** Says that the service is there (MS-WSUSSS 3.1.4.12; no downstream server calls it, monitors do). */
export function answerPing(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  parsePingRequest(body);
  const { options, request } = context;
  return answered(
    writePingResponse(
      {
        success: true,
        time: new Date(options.clock()).toISOString(),
        service: request.service,
        machine: options.serverName ?? '',
        isHttps: request.isEncrypted,
        contentType: CONTENT_TYPE[soap],
      },
      soap,
    ),
  );
}

/** Portions as Windows wants them (wsus-protocol section 1.4). */
const ROLLUP_MAXIMUM = {
  downstreamServersMaximum: 5000,
  computersMaximum: 1500,
  outOfSyncComputersMaximum: 20_000,
  computerStatusMaximum: 500,
} as const;

/**
 * Says what downstream servers shall report (MS-WSUSSS 3.1.4.13): themselves, not their computers, which this server
 * does not keep.
 */
export function answerGetRollupConfiguration(body: Buffer, soap: SoapVersion, { options }: ServerContext): Answer {
  parseGetRollupConfigurationRequest(body);
  const { serverId } = options.catalogue;
  return answered(
    writeGetRollupConfigurationResponse({ detailed: false, resetGuid: serverId, serverId, ...ROLLUP_MAXIMUM }, soap),
  );
}

/** Takes what downstream servers report of themselves (MS-WSUSSS 3.1.4.14): a line in the log each. */
export function answerRollupDownstreamServers(
  body: Buffer,
  soap: SoapVersion,
  { options, request }: ServerContext,
): Answer {
  const { servers } = parseRollupDownstreamServersRequest(body);
  const summaries = servers.reduce((sum, server) => sum + server.clientSummaries, 0);
  if (Math.max(servers.length, summaries) > ROLLUP_MAXIMUM.downstreamServersMaximum)
    return refused('InvalidParameters', 'downstreamServers');
  for (const { fullDomainName, version, lastSyncTime } of servers)
    options.log?.(
      `downstream server ${plain(fullDomainName)} (version ${plain(version)}) last synchronized ` +
        `at ${plain(lastSyncTime)}`,
      { peer: request.peer, isOurs: false },
    );
  return answered(writeEmptyResponse('RollupDownstreamServers', soap));
}

/** What comes from outside has no line breaks in a log, and an end. */
function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 255);
}
