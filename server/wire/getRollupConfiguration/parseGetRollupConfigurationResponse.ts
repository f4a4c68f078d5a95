import { malformed } from '../malformed.js';
import { readResult } from '../soap/readResult.js';
import { booleanOf } from '../xml/booleanOf.js';
import { guidOf } from '../xml/guidOf.js';
import { integerOf } from '../xml/integerOf.js';
import { textOf } from '../xml/textOf.js';
import type { RollupConfiguration } from './RollupConfiguration.js';

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
