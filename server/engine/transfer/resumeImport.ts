import { reasonOf } from '../../errors/SyncError.js';
import { STATE } from '../catalogueState.js';
import type { SiteContext } from '../SiteContext.js';
import type { SyncRunner } from '../SyncRunner.js';
import { inspectPackage } from './inspectPackage.js';
import type { ImportOrder } from './PackageImport.js';

/**
 * A service that starts goes on with the import that its engine was ended in. What did not fit the site was agreed to
 * before.
 */
export async function resumeImport(context: SiteContext, runner: SyncRunner, requestedBy: string): Promise<void> {
  const order = (await context.database.setting(STATE.importPending)) as ImportOrder | null | undefined;
  if (order === null || order === undefined) return;
  try {
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
  { imported, requestedBy }: { imported: Awaited<ReturnType<typeof inspectPackage>>['imported']; requestedBy: string },
): Promise<void> {
  try {
    await runner.start({ fullSync: undefined, requester: 'Import', requestedBy, imported }, () => ({}));
  } catch (caught) {
    await imported.source.close();
    throw caught;
  }
}
