import type { SourceLanguage } from '../../upstream/Source.js';

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
