import type { StoredAnchor } from '../criteria/anchors.js';
import type { SourceConfig } from '../upstream/Source.js';
import type { SyncJob } from './SyncJob.js';
import { STATE, storeSettings } from '../state/catalogueState.js';

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
  if (config.languages.length > 0) await storeSettings(database, { [STATE.languages]: config.languages });
  return { config, configAnchor, updatesAnchor };
}
