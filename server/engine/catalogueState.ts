import type { StoredAnchor } from '../criteria/planUpdateFilter.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { SourceConfig } from '../upstream/Source.js';
import type { SyncJob } from './sync.js';

/** Names of the settings that remember how far the site has come. */
export const STATE = {
  configAnchor: 'anchor.config', updatesAnchor: 'anchor.updates', sourceKey: 'source.key', languages: 'source.languages', lastFull: 'sync.lastFull',
  nextRevision: 'siteDatabase.nextRevision', contentVersion: 'contentVersion', evaluatedSubscription: 'siteDatabase.subscription',
  /** Revision id up to which licence terms were looked for, and those that could not be had yet. */
  licenseTermsFrom: 'licenseTerms.from', licenseTermsPending: 'licenseTerms.pending',
  /** True when category documents could not be fetched: wildcards then stay pending. */
  configIncomplete: 'config.incomplete',
  /** True between the first software update that a run writes and its end: supersedence may be behind. */
  unresolved: 'siteDatabase.unresolved',
} as const;

/** What is known of the upstream and of how far the catalogue follows it. */
export interface CatalogueState {
  readonly config: SourceConfig;
  configAnchor: string;
  updatesAnchor: StoredAnchor | undefined;
}

/** Opens the source and reads how far the catalogue has followed it. */
export async function loadCatalogueState(job: SyncJob): Promise<CatalogueState> {
  const { database } = job.context;
  const configAnchor = ((await database.setting(STATE.configAnchor)) as string | undefined) ?? '';
  const updatesAnchor = ((await database.setting(STATE.updatesAnchor)) as StoredAnchor | null | undefined) ?? undefined;
  const config = await job.source.open('', job.signal);
  if (config.languages.length > 0) await rememberLanguages(database, config);
  return { config, configAnchor, updatesAnchor };
}

async function rememberLanguages(database: SiteDatabase, config: SourceConfig): Promise<void> {
  const known = JSON.stringify(await database.setting(STATE.languages));
  if (known !== JSON.stringify(config.languages)) await database.commit({ settings: { [STATE.languages]: config.languages } });
}

/** Makes the next lists complete ones. */
export async function forgetAnchors(database: SiteDatabase): Promise<void> {
  await database.commit({ settings: { [STATE.configAnchor]: '', [STATE.updatesAnchor]: null } });
}
