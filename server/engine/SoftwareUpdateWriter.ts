import { maxRunTimeOf } from '../criteria/classifications.js';
import { STATE } from './catalogueState.js';
import type { CatalogueRow, CategoryRow, SoftwareUpdateRow } from '../store/rows.js';
import type { SyncJob } from './sync.js';
import type { SelectedUpdate } from './synchronizeSoftwareUpdates.js';

/** Writes software updates page by page and counts what is new, revised and expired. */
export class SoftwareUpdateWriter {
  /** Update keys whose software update changed in this run. */
  readonly touched = new Set<number>();
  /** Revisions that were current before this run: what they superseded may not be superseded any more. */
  readonly replaced = new Set<number>();
  readonly #job: SyncJob;
  readonly #familiesOf: ReadonlyMap<number, readonly string[]>;
  readonly #selected = new Set<number>();
  #nextCiId: number;

  constructor(job: SyncJob, options: { categories: readonly CategoryRow[]; firstCiId: number }) {
    this.#job = job;
    this.#familiesOf = withAncestors(options.categories);
    this.#nextCiId = options.firstCiId;
  }

  /** Writes the selected updates of one page of the catalogue as one transaction. */
  async write(selected: readonly SelectedUpdate[], page: readonly CatalogueRow[]): Promise<void> {
    const { database } = this.#job.context;
    const keys = [...new Set([...selected.map((update) => update.row.updateKey), ...page.map((row) => row.updateKey)])];
    const known = new Map(await database.softwareUpdatesByUpdate(keys));
    const changed = new Map<number, SoftwareUpdateRow>();
    for (const update of selected) {
      const next = this.#next(update, known.get(update.row.updateKey));
      this.#selected.add(update.row.updateKey);
      if (next === undefined) continue;
      known.set(update.row.updateKey, next);
      changed.set(update.row.updateKey, next);
    }
    for (const row of this.#leaving(page, known)) changed.set(row.updateKey, row);
    if (changed.size > 0) await database.commit({ softwareUpdates: [...changed.values()], settings: { [STATE.unresolved]: true } });
    for (const key of changed.keys()) this.touched.add(key);
  }

  /** Full synchronization: what the subscription does not select any more expires. */
  async expireUnselected(): Promise<void> {
    const all = await this.#job.context.database.allSoftwareUpdates();
    const leaving = all.filter((row) => !this.#selected.has(row.updateKey) && !row.isExpired).map((row) => this.#expire(row));
    if (leaving.length > 0) await this.#job.context.database.commit({ softwareUpdates: leaving, settings: { [STATE.unresolved]: true } });
    for (const row of leaving) this.touched.add(row.updateKey);
  }

  /** The row after this run, or undefined when nothing changes. */
  #next(update: SelectedUpdate, known: SoftwareUpdateRow | undefined): SoftwareUpdateRow | undefined {
    const { row, isChild, isBundle } = update;
    const now = this.#job.context.now().getTime();
    if (known === undefined) return this.#create(update, now);
    const isHidden = known.isHidden && isChild;
    const isOlder = row.revisionNumber < known.revisionNumber;
    const current = isOlder ? { revisionId: known.revisionId, revisionNumber: known.revisionNumber, isExpired: known.isExpired, isBundle: known.isBundle }
      : { revisionId: row.revisionId, revisionNumber: row.revisionNumber, isExpired: row.expired, isBundle };
    if (current.revisionId === known.revisionId && isHidden === known.isHidden && current.isExpired === known.isExpired) return undefined;
    if (current.revisionId !== known.revisionId) this.replaced.add(known.revisionId);
    this.#count(row, { isExpired: current.isExpired && !known.isExpired, isNew: false, isHidden });
    return { ...known, ...current, ciVersion: known.ciVersion + 1, isHidden, modified: now };
  }

  #create(update: SelectedUpdate, now: number): SoftwareUpdateRow {
    const { row, isChild, isBundle } = update;
    this.#count(row, { isExpired: row.expired, isNew: true, isHidden: isChild });
    const categoryIds = row.categoryKeys.flatMap((key) => this.#familiesOf.get(key) ?? []);
    const { settings } = this.#job;
    const minutes = maxRunTimeOf(categoryIds, {
      feature: settings.featureUpdateMaxRuntimeMins, nonFeature: settings.nonFeatureUpdateMaxRuntimeMins, nonWindows: settings.nonWindowsUpdateMaxRuntimeMins,
    });
    const ciId = this.#nextCiId;
    this.#nextCiId += 1;
    return {
      ciId, updateKey: row.updateKey, revisionId: row.revisionId, revisionNumber: row.revisionNumber, ciVersion: 1, isExpired: row.expired, isSuperseded: false, isHidden: isChild, isBundle, created: now,
      modified: now, maxExecutionSeconds: minutes * 60, standing: 0, expiryReason: 0, expiredSince: 0, supersededSince: 0, isRemoved: false, isDeclined: false, customSeverity: 0,
    };
  }

  /** Known software updates of the page that are not selected any more: their newest revision left the subscription. */
  #leaving(page: readonly CatalogueRow[], known: ReadonlyMap<number, SoftwareUpdateRow>): SoftwareUpdateRow[] {
    return page.flatMap((row) => {
      const stored = known.get(row.updateKey);
      if (stored === undefined || stored.isHidden || stored.isExpired || this.#selected.has(row.updateKey)) return [];
      return [this.#expire(stored)];
    });
  }

  #expire(row: SoftwareUpdateRow): SoftwareUpdateRow {
    if (!row.isHidden) this.#job.recorder.run.Counts.Expired += 1;
    return { ...row, isExpired: true, ciVersion: row.ciVersion + 1, modified: this.#job.context.now().getTime() };
  }

  #count(row: CatalogueRow, change: { isExpired: boolean; isNew: boolean; isHidden: boolean }): void {
    if (change.isHidden) return;
    const { Counts } = this.#job.recorder.run;
    if (change.isNew) Counts.New += 1;
    else if (!row.expired) Counts.Revised += 1;
    if (change.isExpired) Counts.Expired += 1;
    this.#job.context.log.write(`Synchronizing update ${row.updateId} - ${row.title}`);
  }
}

/** For each category its own id and those of everything above it. */
function withAncestors(categories: readonly CategoryRow[]): ReadonlyMap<number, readonly string[]> {
  const byId = new Map(categories.map((row) => [row.categoryId, row]));
  return new Map(categories.map((row) => {
    const ids: string[] = [];
    for (let at: CategoryRow | undefined = row; at !== undefined && ids.length < 16; at = byId.get(at.parentId)) ids.push(at.updateId);
    return [row.updateKey, ids];
  }));
}
