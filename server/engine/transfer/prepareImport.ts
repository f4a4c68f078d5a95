import type { SyncKind } from '../../criteria/decideRun.js';
import type { ComponentSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { STATE } from '../catalogueState.js';
import type { PackageImport } from './PackageImport.js';
import { importedWith } from './importedSettings.js';

/**
 * The kind of an import: an increment is a delta. Another subscription, or other rules, may want again what maintenance
 * has removed.
 */
export async function prepareImport(
  { database }: SiteContext,
  settings: ComponentSettings,
  imported: PackageImport,
): Promise<SyncKind> {
  const before = await database.setting(STATE.importedWith);
  if (before !== undefined && before !== importedWith(settings)) await database.commit({ forgetsObsolete: true });
  const { path } = imported.order;
  return imported.isIncrement
    ? { kind: 'Delta', reason: `the increment ${path} is imported` }
    : { kind: 'Full', reason: `the package ${path} is imported` };
}
