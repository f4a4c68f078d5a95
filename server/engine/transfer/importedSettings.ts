import { STATE } from '../catalogueState.js';
import type { ComponentSettings } from '../ComponentSettings.js';
import { rulesKey, subscriptionKey } from '../settingKeys.js';
import type { SyncJob } from '../sync.js';
import type { ImportedPackages, PackageImport } from './PackageImport.js';

/**
 * What a successful import stores in place of what a synchronization does: nothing of anchors, source and the last full
 * synchronization.
 */
export async function importedSettings(
  job: SyncJob,
  { catalogue, created, reaches }: PackageImport,
): Promise<Readonly<Record<string, unknown>>> {
  const before = ((await job.context.database.setting(STATE.importedPackages)) as ImportedPackages | undefined) ?? {};
  const known = before[catalogue];
  // An older package that was imported all the same takes nothing away.
  const now = { created: Math.max(created, known?.created ?? 0), reaches: Math.max(reaches, known?.reaches ?? 0) };
  return {
    [STATE.importedPackages]: { ...before, [catalogue]: now },
    [STATE.importPending]: null,
    [STATE.importedWith]: importedWith(job.settings),
  };
}

/** The settings that decide what an import makes of a package. */
export function importedWith(settings: ComponentSettings): string {
  return JSON.stringify([subscriptionKey(settings), rulesKey(settings)]);
}
