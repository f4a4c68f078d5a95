import {
  parseGetRollupConfigurationRequest,
  writeGetRollupConfigurationResponse,
} from '../wire/getRollupConfiguration.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

/** Portions as Windows wants them (wsus-protocol section 1.4). */
export const ROLLUP_MAXIMUM = {
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
