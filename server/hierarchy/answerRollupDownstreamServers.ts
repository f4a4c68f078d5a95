import { parseRollupDownstreamServersRequest } from '../wire/rollupDownstreamServers.js';
import { writeEmptyResponse } from '../wire/soap.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';
import { ROLLUP_MAXIMUM } from './answerGetRollupConfiguration.js';

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
