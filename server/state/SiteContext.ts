import type { Keeper } from './keeper.js';
import type { Mutex } from '../platform/Mutex.js';
import type { Zone } from '../schedule/zone.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { WsyncmgrLog } from '../status/WsyncmgrLog.js';
import type { DocumentStore } from '../store/DocumentStore.js';
import type { LicenseTerms } from '../store/LicenseTermsStore.js';
import type { SharedStore } from '../store/SharedStore.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { Source } from '../upstream/Source.js';
import type { AnswerReader } from '../upstream/readAnswer.js';
import type { ComponentSettings } from './ComponentSettings.js';

/** Everything the steps of the engine work with; what touches the outside is passed in here. */
export interface SiteContext {
  readonly site: SiteFolder;
  /** The site above; undefined at the top of a hierarchy. */
  readonly parent?: ParentSite | undefined;
  readonly database: SiteDatabase;
  /** Where several servers can share the database: which of them owns the site. */
  readonly shared?: SharedStore | undefined;
  readonly documents: DocumentStore;
  readonly licenseTerms: LicenseTerms;
  readonly log: WsyncmgrLog;
  readonly now: () => Date;
  /** The zone of the site server, for schedules in local time. */
  readonly zone: Zone;
  readonly processId: number;
  readonly version: string;
  /** Who keeps schedules and retries: only an engine that runs as a service stays for good. */
  readonly keeper: () => Keeper;
  /** True for a service whose registration does not allow the after-sync command. */
  readonly refusesAfterSyncCommand?: boolean;
  /** Whoever changes the component's settings takes a turn. */
  readonly settingsMutex: Mutex;
  /** The key that signs exports, made when it is first needed. */
  readonly packageKey: () => Promise<PackageKey>;
  /** Makes the source that the settings name; `answers` reads the documents, the source itself if not given. */
  readonly createSource: (settings: ComponentSettings, answers?: AnswerReader) => Promise<Source>;
}

/** The site above, as a node below it reaches it. */
export interface ParentSite {
  readonly siteCode: string;
  /** `https://host:port`: its MS-WSUSSS role. */
  readonly address: string;
  /** PEM of its certificate authority, the only one that is trusted there. */
  readonly authority: string;
}

/** The key with which a site signs what it exports. */
export interface PackageKey {
  /** SubjectPublicKeyInfo, base64. */
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Signature of a text, base64. */
  sign(text: string): string;
}
