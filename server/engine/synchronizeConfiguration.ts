import { SyncError } from '../errors/SyncError.js';
import type { CatalogueState } from './catalogueState.js';
import { STATE } from './catalogueState.js';
import { fetchRevisions } from './fetchRevisions.js';
import type { SyncJob } from './sync.js';

/** Brings categories, classifications and detectoids from the upstream into the catalogue. */
export async function synchronizeConfiguration(job: SyncJob, state: CatalogueState): Promise<void> {
  const { context, recorder, source, signal } = job;
  context.log.write('sync: WSUS synchronizing categories');
  const anchor = recorder.run.Kind === 'Full' ? '' : state.configAnchor;
  const list = await source.listRevisions({ config: true, anchor, categories: [], classifications: [], languages: [] }, signal);
  if (anchor === '' && list.revisions.length === 0) await refuseEmptiness(job);
  const settings = list.anchor === state.configAnchor ? {} : { [STATE.configAnchor]: list.anchor };
  const failedBefore = recorder.run.Counts.Failed;
  await fetchRevisions(job, {
    activity: 'sync: WSUS synchronizing categories', stream: 'configuration', revisions: list.revisions, batchSize: state.config.maxUpdatesPerRequest, settings,
  });
  const isIncomplete = recorder.run.Counts.Failed > failedBefore;
  const wasIncomplete = (await context.database.setting(STATE.configIncomplete)) === true;
  if (isIncomplete !== wasIncomplete) await context.database.commit({ settings: { [STATE.configIncomplete]: isIncomplete } });
}

/** An upstream that suddenly knows no category at all is not believed. */
async function refuseEmptiness(job: SyncJob): Promise<void> {
  const known = (await job.context.database.counts()).categories;
  if (known > 0) throw new SyncError('UpstreamEmpty', { url: job.source.name, known });
}
