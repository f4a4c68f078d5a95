import { element } from '../xml/write.js';
import { fieldsReader } from './fields.js';
import type { SoapVersion } from './operations.js';
import { readRequest, writeResponse } from './soap.js';

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

/** Reads GetRollupConfiguration; its cookie is a fixed one that says nothing (MS-WSUSSS 3.1.4.13). */
export function parseGetRollupConfigurationRequest(bytes: Uint8Array): void {
  readRequest(bytes, 'GetRollupConfiguration', fieldsReader({}));
}

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
