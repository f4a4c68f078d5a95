import { SyncError } from '../errors/SyncError.js';
import { revisionsToRetry, STATE } from '../state/catalogueState.js';
import { type CatalogueState } from './upstreamState.js';
import { fetchRevisions } from './fetchRevisions.js';
import { isComplete, listRevisions } from './listRevisions.js';
import type { SyncJob } from './SyncJob.js';

/** Ids of the configuration that the upstream has listed: all that it has, or what changed. */
export interface ListedConfiguration {
  readonly ids: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/** Brings categories, classifications and detectoids from the upstream into the catalogue. */
export async function synchronizeConfiguration(job: SyncJob, state: CatalogueState): Promise<ListedConfiguration> {
  const { context, recorder } = job;
  const activity = 'sync: WSUS synchronizing categories';
  context.log.write(activity);
  const filter = {
    config: true,
    anchor: recorder.run.Kind === 'Full' ? '' : state.configAnchor,
    categories: [],
    classifications: [],
    languages: [],
  };
  const list = await listRevisions(job, filter);
  const isWhole = isComplete(filter);
  if (isWhole && list.revisions.length === 0) await refuseEmptiness(job);
  await fetchRevisions(job, {
    activity,
    stream: 'configuration',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: list.revisions,
    again: await revisionsToRetry(context.database, STATE.failedConfiguration, isWhole ? list.revisions : undefined),
    settings: (failed) => ({ [STATE.configAnchor]: list.anchor, [STATE.failedConfiguration]: failed }),
  });
  return { ids: new Set(list.revisions.map((identity) => identity.updateId.toLowerCase())), isComplete: isWhole };
}

/** An upstream that suddenly knows no category at all is not believed. */
async function refuseEmptiness(job: SyncJob): Promise<void> {
  const known = (await job.context.database.counts()).categories;
  if (known > 0) throw new SyncError('UpstreamEmpty', { url: job.source.name, what: 'categories', known });
}
