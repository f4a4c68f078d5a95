import type { SyncKind } from '../criteria/decideRun.js';
import { type ComponentSettings, rulesKey, shortKey, subscriptionKey } from '../state/ComponentSettings.js';
import type { Run } from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { fetchRevisions } from './fetchRevisions.js';
import type { BroughtCatalogue, SyncContext } from './SyncContext.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';
import { reasonOf } from '../errors/SyncError.js';
import { readState, STATE, stateChange, type StateChange, storeState } from '../state/siteState.js';
import type { PackageImport } from '../transfer/PackageImport.js';

const EVERYTHING = { anchor: '', categories: [], classifications: [], languages: [] } as const;

/**
 * The WSUS phase of an import: everything in the package that is not stored yet goes into the catalogue, the
 * configuration first. It
 * only adds, as wsusutil does: what a package does not name is not gone. Anchors, and what failed upstream, stay as
 * they are.
 */
export async function importPackage(
  context: SyncContext,
  imported: PackageImport,
  settings: ComponentSettings,
): Promise<BroughtCatalogue> {
  const { recorder, source, signal } = context;
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
  if (languages.length > 0 && (await readState(context.database, STATE.languages)) === undefined)
    await storeState(context.database, { languages });
  await importStream(context, 'configuration', batchSize);
  const updates = await importStream(context, 'updates', batchSize);
  await storeState(context.database, { servedChange: await context.database.highestRevision() });
  signal.throwIfAborted();
  return {
    // What was taken for gone is there again.
    relisted: new Set(updates.map(({ updateId }) => updateId)),
    pendingLicenseTerms: await synchronizeLicenseTerms(context, settings),
  };
}

async function importStream(
  context: SyncContext,
  stream: DocumentStream,
  batchSize: number,
): Promise<readonly UpdateIdentity[]> {
  const { log, signal, source } = context;
  signal.throwIfAborted();
  const isConfiguration = stream === 'configuration';
  const activity = isConfiguration ? 'sync: WSUS synchronizing categories' : 'sync: WSUS synchronizing updates';
  log.write(activity);
  const { revisions } = await source.listRevisions({ ...EVERYTHING, config: isConfiguration }, signal);
  await fetchRevisions(context, { activity, stream, batchSize, listed: revisions, again: [], state: () => ({}) });
  return revisions;
}

/**
 * What a successful import stores in place of what a synchronization does: nothing of anchors, source and the last full
 * synchronization.
 */
export async function importedState(
  { database }: Pick<SiteContext, 'database'>,
  { catalogue, created, reaches }: PackageImport,
  settings: ComponentSettings,
): Promise<StateChange> {
  const before = (await readState(database, STATE.importedPackages)) ?? {};
  const known = before[catalogue];
  // An older package that was imported all the same takes nothing away.
  const now = { created: Math.max(created, known?.created ?? 0), reaches: Math.max(reaches, known?.reaches ?? 0) };
  return {
    importedPackages: { ...before, [catalogue]: now },
    importPending: null,
    importedWith: importedWith(settings),
  };
}

/** The settings that decide what an import makes of a package. */
function importedWith(settings: ComponentSettings): string {
  return JSON.stringify([subscriptionKey(settings), rulesKey(settings)]);
}

/** The same of what an earlier version has stored. */
function storedWith(text: string): string {
  const [subscription = '', rules] = JSON.parse(text) as readonly string[];
  return JSON.stringify([shortKey(subscription), rules]);
}

/**
 * The kind of an import: an increment is a delta. Another subscription, or other rules, may want again what maintenance
 * has removed.
 */
export async function prepareImport(
  { database }: SiteContext,
  settings: ComponentSettings,
  imported: PackageImport,
): Promise<SyncKind> {
  const before = await readState(database, STATE.importedWith);
  const isOther = before !== undefined && storedWith(before) !== importedWith(settings);
  if (isOther) await database.commit({ forgetsObsolete: true });
  const { path } = imported.order;
  return imported.isIncrement
    ? { kind: 'Delta', reason: `the increment ${path} is imported` }
    : { kind: 'Full', reason: `the package ${path} is imported` };
}

/** Forgets a package whose run is over. One that ended with its engine is gone on with, so its package stays. */
export async function endImport({ database, log }: SiteContext, run: Run, imported: PackageImport): Promise<void> {
  if (run.ErrorId === 'EngineStopped') return;
  try {
    if (!run.Succeeded) await database.commit({ settings: stateChange({ importPending: null }) });
    await imported.remove();
  } catch (error) {
    log.write(`The imported package could not be removed from the site folder: ${reasonOf(error)}.`);
  }
}
