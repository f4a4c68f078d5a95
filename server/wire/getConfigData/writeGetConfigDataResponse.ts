import type { SourceLanguage } from '../../upstream/Source.js';
import { element } from '../xml/element.js';
import { writeResponse } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import type { ConfigData } from './ConfigData.js';

/** Writes ServerSyncConfigData in the order of the WSDL and of real servers (MS-WSUSSS 3.1.4.3). */
export function writeGetConfigDataResponse(config: ConfigData, soap: SoapVersion): Buffer {
  const fields = [
    element('CatalogOnlySync', config.catalogOnlySync),
    element('LazySync', config.lazySync),
    element('ServerHostsPsfFiles', config.serverHostsPsfFiles),
    element('MaxNumberOfComputerIdsInRequest', config.maxNumberOfComputerIdsInRequest),
    element('MaxNumberOfDriverSetsPerRequest', config.maxNumberOfDriverSetsPerRequest),
    element('MaxNumberOfPnpHardwareIdsInRequest', config.maxNumberOfPnpHardwareIdsInRequest),
    element('MaxNumberOfUpdatesPerRequest', config.maxNumberOfUpdatesPerRequest),
    element('NewConfigAnchor', config.newConfigAnchor),
    element('ProtocolVersion', config.protocolVersion),
    `<LanguageUpdateList>${config.languages.map(writeLanguage).join('')}</LanguageUpdateList>`,
    element('MaxUpdatesPerRequestInGetUpdateDecryptionData', config.maxUpdatesPerRequestInGetUpdateDecryptionData),
  ];
  return writeResponse('GetConfigData', fields.join(''), soap);
}

function writeLanguage(language: SourceLanguage): string {
  const fields =
    element('LanguageID', language.languageId) +
    element('ShortLanguage', language.shortLanguage) +
    element('LongLanguage', language.longLanguage) +
    element('Enabled', language.enabled);
  return `<ServerSyncLanguageData>${fields}</ServerSyncLanguageData>`;
}
