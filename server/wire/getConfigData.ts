import { malformed } from '../xml/malformed.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/tree.js';
import { booleanOf, integerOf } from '../xml/values.js';
import { element } from '../xml/write.js';
import { fieldsReader, readText } from './fields.js';
import { type Cookie, readCookie, writeCookieFields } from './getCookie.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/** A language the source knows (MS-WSUSSS 3.1.4.4, ServerSyncLanguageData). */
export interface SourceLanguage {
  readonly languageId: number;
  readonly shortLanguage: string;
  readonly longLanguage: string;
  readonly enabled: boolean;
}

/**
 * ServerSyncConfigData (MS-WSUSSS 3.1.4.3). An empty language list means that nothing changed since the anchor sent.
 */
export interface ConfigData {
  readonly catalogOnlySync: boolean;
  readonly lazySync: boolean;
  readonly serverHostsPsfFiles: boolean;
  readonly maxNumberOfComputerIdsInRequest: number;
  readonly maxNumberOfDriverSetsPerRequest: number;
  readonly maxNumberOfPnpHardwareIdsInRequest: number;
  readonly maxNumberOfUpdatesPerRequest: number;
  readonly newConfigAnchor: string;
  readonly protocolVersion: string;
  readonly languages: readonly SourceLanguage[];
  readonly maxUpdatesPerRequestInGetUpdateDecryptionData: number;
}

/** What GetConfigData takes (MS-WSUSSS 3.1.4.3); `configAnchor` '' the first time, then it is left out. */
interface ConfigDataRequest {
  readonly cookie: Cookie | undefined;
  readonly configAnchor: string;
}

const readParameters = fieldsReader({ cookie: readCookie, configAnchor: readText });

/** Reads GetConfigData (MS-WSUSSS 3.1.4.3). */
export function parseGetConfigDataRequest(bytes: Uint8Array): ConfigDataRequest {
  const { cookie, configAnchor = '' } = readRequest(bytes, 'GetConfigData', readParameters);
  return { cookie, configAnchor };
}

/** Writes GetConfigData (MS-WSUSSS 3.1.4.3). */
export function writeGetConfigDataRequest(request: ConfigDataRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  return writeRequest('GetConfigData', cookie + element('configAnchor', request.configAnchor || undefined), soap);
}

/** Reads ServerSyncConfigData in any order: real servers differ in theirs (MS-WSUSSS 3.1.4.3). */
export function parseGetConfigDataResponse(bytes: Uint8Array): ConfigData {
  const result = readResult(bytes, 'GetConfigData');
  if (result === undefined) throw malformed('GetConfigData', 'it contains no result');
  return { ...flagsOf(result), ...limitsOf(result), ...anchorsOf(result) };
}

function flagsOf(result: XmlElement): Pick<ConfigData, 'catalogOnlySync' | 'lazySync' | 'serverHostsPsfFiles'> {
  return {
    catalogOnlySync: booleanOf(result, 'CatalogOnlySync'),
    lazySync: booleanOf(result, 'LazySync'),
    serverHostsPsfFiles: booleanOf(result, 'ServerHostsPsfFiles'),
  };
}

function limitsOf(
  result: XmlElement,
): Omit<ConfigData, keyof ReturnType<typeof flagsOf> | keyof ReturnType<typeof anchorsOf>> {
  return {
    maxNumberOfComputerIdsInRequest: integerOf(result, 'MaxNumberOfComputerIdsInRequest', 0),
    maxNumberOfDriverSetsPerRequest: integerOf(result, 'MaxNumberOfDriverSetsPerRequest', 0),
    maxNumberOfPnpHardwareIdsInRequest: integerOf(result, 'MaxNumberOfPnpHardwareIdsInRequest', 0),
    maxNumberOfUpdatesPerRequest: integerOf(result, 'MaxNumberOfUpdatesPerRequest', 0),
    maxUpdatesPerRequestInGetUpdateDecryptionData: integerOf(
      result,
      'MaxUpdatesPerRequestInGetUpdateDecryptionData',
      0,
    ),
  };
}

function anchorsOf(result: XmlElement): Pick<ConfigData, 'newConfigAnchor' | 'protocolVersion' | 'languages'> {
  return {
    newConfigAnchor: textOf(result, 'NewConfigAnchor'),
    protocolVersion: textOf(result, 'ProtocolVersion').trim(),
    languages: childrenOf(childOf(result, 'LanguageUpdateList'), 'ServerSyncLanguageData').map(readLanguage),
  };
}

function readLanguage(language: XmlElement): SourceLanguage {
  return {
    languageId: integerOf(language, 'LanguageID', 0),
    shortLanguage: textOf(language, 'ShortLanguage'),
    longLanguage: textOf(language, 'LongLanguage'),
    enabled: booleanOf(language, 'Enabled'),
  };
}

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
