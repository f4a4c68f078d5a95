import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { identityElement } from '../xml/identityElement.js';
import { wrapped } from '../xml/wrapped.js';
import type { DriverIdList } from './DriverIdList.js';

/** Writes the list of drivers and driver sets (MS-WSUSSS 3.1.4.7). */
export function writeGetDriverIdListResponse(list: DriverIdList, soap: SoapVersion): Buffer {
  const guids = (name: string, ids: readonly string[]): string =>
    wrapped(
      name,
      ids.map((id) => element('guid', id)),
    );
  return writeResponse(
    'GetDriverIdList',
    [
      element('Anchor', list.anchor),
      wrapped(
        'NewRevisions',
        list.revisions.map((identity) => identityElement('UpdateIdentity', identity)),
      ),
      guids('NewDriverSets', list.newDriverSets),
      guids('RemovedDriverSets', list.removedDriverSets),
    ].join(''),
    soap,
  );
}
