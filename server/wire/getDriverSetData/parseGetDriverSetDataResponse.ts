import { readResult } from '../soap/readResult.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidOf } from '../xml/guidOf.js';
import { textOf } from '../xml/textOf.js';
import type { DriverSet } from './DriverSet.js';

/** Reads driver sets (MS-WSUSSS 3.1.4.8). */
export function parseGetDriverSetDataResponse(bytes: Uint8Array): readonly DriverSet[] {
  const sets = childrenOf(childOf(readResult(bytes, 'GetDriverSetData'), 'DriverSets'), 'ServerSyncDriverSetData');
  return sets.map((set) => ({ driverSetId: guidOf(textOf(set, 'DriverSetId')), xml: textOf(set, 'DriverSetXml') }));
}
