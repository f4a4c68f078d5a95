import { malformed } from '../xml/malformed.js';
import { textOf } from '../xml/tree.js';
import { booleanOf, guidOf, integerOf } from '../xml/values.js';
import { element } from '../xml/write.js';
import { fieldsReader } from './fields.js';
import { cookieElement } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './soap.js';

/** What a server wants to hear of its downstream servers, and in what portions (MS-WSUSSS 3.1.4.13). */
interface RollupConfiguration {
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

/** The cookie of every call of the reporting service (MS-WSUSSS 3.1.4.13.2.1). */
export const ROLLUP_COOKIE: Cookie = { expiration: '9999-12-31T23:59:59.9999999', encryptedData: '' };

/** Writes GetRollupConfiguration (MS-WSUSSS 3.1.4.13). */
export function writeGetRollupConfigurationRequest(soap: SoapVersion): Buffer {
  return writeRequest('GetRollupConfiguration', cookieElement(ROLLUP_COOKIE), soap);
}

/** Reads what a server wants to hear (MS-WSUSSS 3.1.4.13). */
export function parseGetRollupConfigurationResponse(bytes: Uint8Array): RollupConfiguration {
  const result = readResult(bytes, 'GetRollupConfiguration');
  if (result === undefined) throw malformed('GetRollupConfiguration', 'it holds no result');
  return {
    detailed: booleanOf(result, 'DoDetailedRollup'),
    resetGuid: guidOf(textOf(result, 'RollupResetGuid')),
    serverId: guidOf(textOf(result, 'ServerId')),
    downstreamServersMaximum: integerOf(result, 'RollupDownstreamServersMaxBatchSize', 0),
    computersMaximum: integerOf(result, 'RollupComputersMaxBatchSize', 0),
    outOfSyncComputersMaximum: integerOf(result, 'GetOutOfSyncComputersMaxBatchSize', 0),
    computerStatusMaximum: integerOf(result, 'RollupComputerStatusMaxBatchSize', 0),
  };
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
