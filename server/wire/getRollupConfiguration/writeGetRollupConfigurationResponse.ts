import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import type { RollupConfiguration } from './RollupConfiguration.js';

/** Writes what a server wants to hear (MS-WSUSSS 3.1.4.13). */
export function writeGetRollupConfigurationResponse(configuration: RollupConfiguration, soap: SoapVersion): Buffer {
  return writeResponse(
    'GetRollupConfiguration',
    [
      element('DoDetailedRollup', configuration.detailed),
      element('RollupResetGuid', configuration.resetGuid),
      element('ServerId', configuration.serverId),
      element('RollupDownstreamServersMaxBatchSize', configuration.downstreamServersMaximum),
      element('RollupComputersMaxBatchSize', configuration.computersMaximum),
      element('GetOutOfSyncComputersMaxBatchSize', configuration.outOfSyncComputersMaximum),
      element('RollupComputerStatusMaxBatchSize', configuration.computerStatusMaximum),
    ].join(''),
    soap,
  );
}
