import type { StoredAnchor } from '../criteria/anchors.js';
import { STATE, storeSettings } from '../state/catalogueState.js';
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
  const configAnchor = ((await database.setting(STATE.configAnchor)) as string | undefined) ?? '';
  const updatesAnchor = ((await database.setting(STATE.updatesAnchor)) as StoredAnchor | null | undefined) ?? undefined;
  const config = await source.open('', signal);
  if (config.languages.length > 0) await storeSettings(database, { [STATE.languages]: config.languages });
  return { config, configAnchor, updatesAnchor };
}

/** How many updates a source is known to answer at once; one of another form is of a later version, and unknown. */
interface KnownBatches {
  readonly form: 1;
  /** Which source it was, as `STATE.sourceKey` names it. */
  readonly source: string;
  readonly limit: number;
}

/**
 * Works with a source that is asked for as many updates at once as it answered before; a full synchronization tries
 * anew. What it turns out to answer is stored, whatever becomes of the work.
 */
export async function withKnownBatches<Result>(
  { database, recorder, source }: Pick<SyncContext, 'database' | 'recorder' | 'source'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const sourceKey = String(await database.setting(STATE.sourceKey));
  const known = limitOf(await database.setting(STATE.knownBatches), sourceKey);
  source.batchLimit = recorder.isFull ? undefined : known;
  try {
    return await work();
  } finally {
    const limit = source.batchLimit;
    if (limit !== known)
      await storeSettings(database, {
        [STATE.knownBatches]:
          limit === undefined ? null : ({ form: 1, source: sourceKey, limit } satisfies KnownBatches),
      });
  }
}

function limitOf(stored: unknown, source: string): number | undefined {
  const known = stored as Partial<KnownBatches> | null | undefined;
  if (known?.form !== 1 || known.source !== source) return undefined;
  return Number.isSafeInteger(known.limit) && Number(known.limit) > 0 ? known.limit : undefined;
}
