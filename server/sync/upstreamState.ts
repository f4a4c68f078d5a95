import type { StoredAnchor } from '../criteria/anchors.js';
import { type KnownBatches, readState, STATE, storeState } from '../state/siteState.js';
import type { SourceConfig } from '../upstream/Source.js';
import type { SyncContext } from './SyncContext.js';

/** What is known of the upstream and of how far the catalogue follows it. */
export interface CatalogueState {
  readonly config: SourceConfig;
  readonly configAnchor: string;
  readonly updatesAnchor: StoredAnchor | undefined;
}

/** Opens the source and reads how far the catalogue has followed it. */
export async function loadCatalogueState({
  database,
  source,
  signal,
}: Pick<SyncContext, 'database' | 'source' | 'signal'>): Promise<CatalogueState> {
  const configAnchor = (await readState(database, STATE.configAnchor)) ?? '';
  const updatesAnchor = await readState(database, STATE.updatesAnchor);
  const config = await source.open('', signal);
  if (config.languages.length > 0) await storeState(database, { languages: config.languages });
  return { config, configAnchor, updatesAnchor };
}

/**
 * Works with a source that is asked for as many updates at once as it answered before; a full synchronization tries
 * again. What it turns out to answer is stored, whatever becomes of the work.
 */
export async function withKnownBatches<Result>(
  { database, recorder, source }: Pick<SyncContext, 'database' | 'recorder' | 'source'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const sourceKey = String(await readState(database, STATE.sourceKey));
  const known = limitOf(await readState(database, STATE.knownBatches), sourceKey);
  source.batchLimit = recorder.isFull ? undefined : known;
  try {
    return await work();
  } finally {
    const limit = source.batchLimit;
    if (limit !== known)
      await storeState(database, {
        knownBatches: limit === undefined ? null : ({ form: 1, source: sourceKey, limit } satisfies KnownBatches),
      });
  }
}

function limitOf(known: Partial<KnownBatches> | undefined, source: string): number | undefined {
  if (known?.form !== 1 || known.source !== source) return undefined;
  return Number.isSafeInteger(known.limit) && Number(known.limit) > 0 ? known.limit : undefined;
}
