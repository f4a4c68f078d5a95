import { decideResume } from '../criteria/decideRun.js';
import type { Run } from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SyncRunner } from '../engine/SyncRunner.js';
import { STATE } from '../state/catalogueState.js';
import { reasonOf } from '../errors/SyncError.js';
import type { ImportOrder } from '../transfer/PackageImport.js';
import type { InspectedPackage } from '../transfer/inspectPackage.js';

/**
 * A service that starts goes on with the import that its engine was ended in. What did not fit the site was agreed to
 * before.
 */
async function resumeImport(context: SiteContext, runner: SyncRunner, requestedBy: string): Promise<void> {
  const order = (await context.database.setting(STATE.importPending)) as ImportOrder | null | undefined;
  if (order === null || order === undefined) return;
  try {
    const { inspectPackage } = await import('../transfer/inspectPackage.js');
    const { imported } = await inspectPackage(context, order, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await startImport(runner, { imported, requestedBy });
  } catch (caught) {
    context.log.write(`The import that was interrupted could not go on: ${reasonOf(caught)}.`);
    await context.database.commit({ settings: { [STATE.importPending]: null } });
  }
}

async function startImport(
  runner: SyncRunner,
  { imported, requestedBy }: { imported: InspectedPackage['imported']; requestedBy: string },
): Promise<void> {
  try {
    await runner.start({ fullSync: undefined, requester: 'Import', requestedBy, imported }, () => ({}));
  } catch (caught) {
    await imported.source.close();
    throw caught;
  }
}

/**
 * A service that starts goes on with the synchronization that its engine was ended in: what is committed is not fetched
 * again.
 */
export async function resumeRun(context: SiteContext, runner: SyncRunner): Promise<void> {
  const runs = (await context.database.runs({ newest: 5 })).map((json) => JSON.parse(json) as Run);
  const last = decideResume(runs);
  if (last === undefined || runner.current !== undefined) return;
  if (last.Requester === 'Import') return resumeImport(context, runner, last.RequestedBy);
  const fullSync = last.Kind === 'Full' ? true : undefined;
  try {
    await runner.start({ fullSync, requester: 'Retry', requestedBy: last.RequestedBy }, () => ({}));
  } catch (caught) {
    context.log.write(`The synchronization that was interrupted could not go on: ${reasonOf(caught)}.`);
  }
}
