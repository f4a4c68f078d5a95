import { readResult } from '../soap/readResult.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { guidsOf } from '../xml/guidsOf.js';
import { identityOf } from '../xml/identityOf.js';
import { textOf } from '../xml/textOf.js';
import type { DriverIdList } from './DriverIdList.js';

/** Reads the list of drivers and driver sets (MS-WSUSSS 3.1.4.7). */
export function parseGetDriverIdListResponse(bytes: Uint8Array): DriverIdList {
  const result = readResult(bytes, 'GetDriverIdList');
  return {
    anchor: textOf(result, 'Anchor'),
    revisions: childrenOf(childOf(result, 'NewRevisions'), 'UpdateIdentity').map(identityOf),
    newDriverSets: guidsOf(result, 'NewDriverSets'),
    removedDriverSets: guidsOf(result, 'RemovedDriverSets'),
  };
}
