import { STATE, storeSettings } from '../catalogueState.js';
import { fetchRevisions } from '../fetchRevisions.js';
import type { SyncJob } from '../sync.js';
import { synchronizeLicenseTerms } from '../synchronizeLicenseTerms.js';
import type { PackageImport } from './PackageImport.js';

const EVERYTHING = { anchor: '', categories: [], classifications: [], languages: [] } as const;

/**
 * The WSUS phase of an import: everything in the package that is not stored yet goes into the catalogue, the
 * configuration first. It
 * only adds, as wsusutil does: what a package does not name is not gone. Anchors, and what failed upstream, stay as
 * they are.
 */
export async function takePackage(job: SyncJob, imported: PackageImport): Promise<void> {
  const { context, recorder, source, signal } = job;
  context.log.write(
    `Importing ${imported.isIncrement ? 'the increment' : 'the package'} ${imported.order.path} of ${source.name}`,
  );
  for (const { identity, errorId, reason } of imported.problems)
    recorder.failed({
      UpdateID: identity.updateId,
      RevisionNumber: identity.revisionNumber,
      ErrorId: errorId,
      Reason: reason,
    });
  const { maxUpdatesPerRequest: batchSize, languages } = await source.open('', signal);
  if (languages.length > 0 && (await context.database.setting(STATE.languages)) === undefined)
    await storeSettings(context.database, { [STATE.languages]: languages });
  for (const stream of ['configuration', 'updates'] as const) {
    signal.throwIfAborted();
    const activity =
      stream === 'configuration' ? 'sync: WSUS synchronizing categories' : 'sync: WSUS synchronizing updates';
    context.log.write(activity);
    const { revisions } = await source.listRevisions({ ...EVERYTHING, config: stream === 'configuration' }, signal);
    await fetchRevisions(job, { activity, stream, batchSize, listed: revisions, again: [], settings: () => ({}) });
    // What was taken for gone is there again.
    if (stream === 'updates') job.relisted = new Set(revisions.map(({ updateId }) => updateId));
  }
  await storeSettings(context.database, { [STATE.servedChange]: await context.database.highestRevision() });
  signal.throwIfAborted();
  await synchronizeLicenseTerms(job);
}
