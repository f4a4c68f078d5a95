import type { FilterEntry, RevisionFilter } from '../../upstream/Source.js';
import { element } from '../xml/element.js';
import { writeCookieFields } from '../getCookie/cookieFields.js';
import { writeRequest } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { RevisionIdListRequest } from './RevisionIdListRequest.js';

/**
 * Writes GetRevisionIdList; Microsoft Update ignores filters whose children stand in another order (MS-WSUSSS 3.1.4.4).
 */
export function writeGetRevisionIdListRequest(request: RevisionIdListRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  return writeRequest('GetRevisionIdList', `${cookie}<filter>${writeFilter(request.filter)}</filter>`, soap);
}

function writeFilter(filter: RevisionFilter): string {
  // An empty Anchor is not the same as none: Windows cannot parse it.
  return (
    element('Anchor', filter.anchor || undefined) +
    element('GetConfig', filter.config) +
    element('Get63LanguageOnly', false) +
    `<Categories>${filter.categories.map((entry) => writeEntry('IdAndDelta', entry)).join('')}</Categories>` +
    `<Classifications>` +
    `${filter.classifications.map((entry) => writeEntry('IdAndDelta', entry)).join('')}</Classifications>` +
    `<Languages>${filter.languages.map((entry) => writeEntry('LanguageAndDelta', entry)).join('')}</Languages>`
  );
}

function writeEntry(name: string, entry: FilterEntry<string | number>): string {
  return `<${name}>${element('Id', entry.id)}${element('Delta', entry.delta)}</${name}>`;
}
