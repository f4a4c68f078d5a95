import type { DocumentStore } from '../store/DocumentStore.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { WsyncmgrLog } from '../status/WsyncmgrLog.js';
import type { Source } from '../upstream/Source.js';
import type { ComponentSettings } from './ComponentSettings.js';

/** Who the site is. */
export interface SiteIdentity {
  readonly siteCode: string;
  readonly siteName: string;
  readonly siteGuid: string;
  readonly serverName: string;
  readonly folder: string;
  readonly type: string;
}

/** Everything the steps of the engine work with; what touches the outside is passed in here. */
export interface SiteContext {
  readonly site: SiteIdentity;
  readonly database: SiteDatabase;
  readonly documents: DocumentStore;
  readonly log: WsyncmgrLog;
  readonly now: () => Date;
  readonly processId: number;
  readonly version: string;
  /** Makes the source that the settings name. */
  readonly createSource: (settings: ComponentSettings) => Promise<Source>;
}
