import { malformed } from '../malformed.js';
import { booleanOf } from '../xml/booleanOf.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import { integerOf } from '../xml/integerOf.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { SourceLanguage } from '../../upstream/Source.js';
import { readResult } from '../soap/readResult.js';
import type { ConfigData } from './ConfigData.js';

/** Reads ServerSyncConfigData in any order: real servers differ in theirs (MS-WSUSSS 3.1.4.3). */
export function parseGetConfigDataResponse(bytes: Uint8Array): ConfigData {
  const result = readResult(bytes, 'GetConfigData');
  if (result === undefined) throw malformed('GetConfigData', 'it holds no result');
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
