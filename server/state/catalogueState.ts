import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import { SERVED_BY } from '../store/settingNames.js';

/** Names of the settings that remember how far the site has come. */
export const STATE = {
  configAnchor: 'anchor.config',
  updatesAnchor: 'anchor.updates',
  sourceKey: 'source.key',
  /** How many updates the source answers at once, as `KnownBatches`, or null: as many as it says itself. */
  knownBatches: 'source.batches',
  languages: 'source.languages',
  lastFull: 'sync.lastFull',
  nextRevision: 'siteDatabase.nextRevision',
  contentVersion: 'contentVersion',
  evaluatedSubscription: 'siteDatabase.subscription',
  evaluatedRules: 'siteDatabase.rules',
  /** Keys of the subscribed products and classifications that the software updates were evaluated with. */
  evaluatedCategories: 'siteDatabase.categories',
  /** Revision id up to which licence terms were looked for, in which languages, and those that could not be had yet. */
  licenseTermsFrom: 'licenseTerms.from',
  licenseTermsLanguages: 'licenseTerms.languages',
  licenseTermsPending: 'licenseTerms.pending',
  /** A full synchronization that is due, as `FullDue`, until one has succeeded since. */
  fullDue: 'sync.fullDue',
  /** Revisions that could not be fetched or read, asked for again in every run. */
  failedConfiguration: 'failed.configuration',
  failedUpdates: 'failed.updates',
  /** The first revision id of which it is not known yet whether everything that it names is stored. */
  closureFrom: 'closure.from',
  /** Ids of the selected categories that the upstream does not offer any more. */
  missingCategories: 'categories.missing',
  /** True between the first software update that a run writes and its end: supersedence may be behind. */
  unresolved: 'siteDatabase.unresolved',
  /** The highest revision id with which the catalogue was whole: what is served to downstream servers. */
  servedChange: 'served.change',
  /** Which database a downstream server has its anchors of. */
  servedBy: SERVED_BY,
  /** True from the beginning of a maintenance to its end: what was interrupted is taken up again. */
  maintenancePending: 'maintenance.pending',
  /** What was imported last of each server, as `ImportedPackages`. */
  importedPackages: 'transfer.imported',
  /** The import under way, as `ImportOrder`, or null: a service goes on with it. */
  importPending: 'transfer.pending',
  /** Subscription and rules that packages were imported with. */
  importedWith: 'transfer.criteria',
} as const;

/** Why the next synchronization must be a full one, unless one has succeeded since (ms since 1970). */
export interface FullDue {
  readonly reason: string;
  readonly since: number;
}

/** Those of the settings that differ from what is stored. */
export async function changedSettings(
  database: SiteDatabase,
  settings: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (JSON.stringify(await database.setting(name)) !== JSON.stringify(value)) changed[name] = value;
  }
  return changed;
}

/** Stores what differs; no transaction where nothing does. */
export async function storeSettings(
  database: SiteDatabase,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const changed = await changedSettings(database, settings);
  if (Object.keys(changed).length > 0) await database.commit({ settings: changed });
}

/**
 * Makes the next lists complete ones, and the next synchronizations full ones until one succeeds; `also` is stored in
 * the same transaction.
 */
export async function forgetAnchors(
  database: SiteDatabase,
  due: FullDue,
  also: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await database.commit({
    settings: { [STATE.configAnchor]: '', [STATE.updatesAnchor]: null, [STATE.fullDue]: due, ...also },
  });
}

/**
 * The highest revision id with which the catalogue was whole, 0 for none. A store that was never completed by this
 * version is whole up to where its closure was looked at.
 */
export async function completedChange(database: Pick<SiteDatabase, 'setting'>): Promise<number> {
  const completed = await database.setting(STATE.servedChange);
  return typeof completed === 'number'
    ? completed
    : Math.max(0, Number((await database.setting(STATE.closureFrom)) ?? 1) - 1);
}

/** Which database the revision ids are of; one that was never asked gets the id that `newGuid` gives, for good. */
export async function catalogueId(
  database: Pick<SiteDatabase, 'setting' | 'commit'>,
  newGuid: () => string,
): Promise<string> {
  const known = await database.setting(STATE.servedBy);
  if (typeof known === 'string') return known;
  const id = newGuid();
  await database.commit({ settings: { [STATE.servedBy]: id } });
  return id;
}

/** The revisions that an earlier run could not bring, by the name of their setting. */
export async function failedRevisions(database: SiteDatabase, setting: string): Promise<readonly UpdateIdentity[]> {
  return ((await database.setting(setting)) as readonly UpdateIdentity[] | undefined) ?? [];
}

/**
 * Those of them to ask for once more: not what a newer stored revision has replaced, and not what a complete list of
 * the
 * upstream (`listed`) leaves out.
 */
export async function revisionsToRetry(
  database: SiteDatabase,
  setting: string,
  listed?: readonly UpdateIdentity[],
): Promise<readonly UpdateIdentity[]> {
  const failed = await failedRevisions(database, setting);
  if (failed.length === 0) return failed;
  const outdated = new Set((await database.outdatedRevisions(failed)).map(identityKey));
  const named = listed === undefined ? undefined : new Set(listed.map(identityKey));
  return failed.filter(
    (identity) => !outdated.has(identityKey(identity)) && named?.has(identityKey(identity)) !== false,
  );
}

/** The list as it is stored: each once, in an order that does not depend on how they were asked for. */
export function failedList(failed: readonly UpdateIdentity[]): readonly UpdateIdentity[] {
  const byKey = new Map(
    failed.map(({ updateId, revisionNumber }) => [
      identityKey({ updateId, revisionNumber }),
      { updateId, revisionNumber },
    ]),
  );
  return [...byKey.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, identity]) => identity);
}
