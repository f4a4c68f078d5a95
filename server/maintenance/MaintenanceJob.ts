import type { Maintenance, MaintenanceItem } from '../contract/generated/types.js';
import { EXPIRY } from '../criteria/SoftwareUpdateRow.js';
import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { nextTurn } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { IdRange } from '../store/StoreInspection.js';

/** Items that a result names of each action; the counts say how many there are. */
const NAMED = 1000;
const EXPIRY_NAMES = new Map<number, string>([
  [EXPIRY.publisher, 'publisher'],
  [EXPIRY.subscription, 'subscription'],
  [EXPIRY.supersedence, 'supersedence'],
  [EXPIRY.upstream, 'upstream'],
]);

/** What is reported of an update or revision; `ciId` is missing where it is not a software update. */
export interface Reported {
  readonly revisionId: number;
  readonly revisionNumber: number;
  readonly ciId?: number | undefined;
  readonly reason: string;
}

/** Why an update is expired, in the words of docs/life-of-an-update.md. */
export function expiryName(reason: number): string {
  return EXPIRY_NAMES.get(reason) ?? 'unknown';
}

/** Counts and names what a maintenance does, or would do. */
export class MaintenanceReport {
  readonly #database: Pick<SiteReads, 'names'>;
  readonly #items: MaintenanceItem[] = [];
  readonly counts = {
    Removed: 0,
    Declined: 0,
    DeletedUpdates: 0,
    DeletedRevisions: 0,
    RemainingRevisions: 0,
    CompactedSegments: 0,
    FreedBytes: 0,
  };

  constructor(database: Pick<SiteReads, 'names'>) {
    this.#database = database;
  }

  /** Names what an action is done to, as long as the result has room for it; no more of the things is asked for. */
  async name(action: MaintenanceItem['Action'], things: Iterable<Reported>): Promise<void> {
    const named = this.#items.filter((item) => item.Action === action).length;
    const shown = firstOf(things, NAMED - named);
    const names = await this.#database.names(shown.map((thing) => thing.revisionId));
    for (const thing of shown) {
      const name = names.get(thing.revisionId);
      this.#items.push({
        Action: action,
        CI_ID: thing.ciId ?? null,
        CI_UniqueID: name?.updateId ?? '',
        RevisionNumber: thing.revisionNumber,
        LocalizedDisplayName: name?.title ?? '',
        Reason: thing.reason,
      });
    }
  }

  /** The report as an object of the contract. */
  result(outcome: Pick<Maintenance, 'WhatIf' | 'Interrupted' | 'StartTime' | 'DurationSeconds'>): Maintenance {
    return { ...outcome, ...this.counts, Items: this.#items };
  }
}

function firstOf<Thing>(things: Iterable<Thing>, count: number): Thing[] {
  const first: Thing[] = [];
  if (count <= 0) return first;
  for (const thing of things) if (first.push(thing) === count) break;
  return first;
}

/** What one maintenance works with. */
export interface MaintenanceJob {
  readonly context: SiteContext;
  readonly settings: ComponentSettings;
  readonly signal: AbortSignal;
  readonly report: MaintenanceReport;
  /** True: nothing changes; the report says what would go. */
  readonly isWhatIf: boolean;
  /** What the steps before would have done: a later step of a `isWhatIf` counts with it. */
  readonly assumed: Assumed;
}

/** What would be done by the steps of a maintenance that changes nothing. */
interface Assumed {
  readonly removed: SoftwareUpdateRow[];
  /** Keys of updates. */
  readonly declined: number[];
  readonly goneRevisions: Set<number>;
}

/** Stands between two steps: requests are answered, and the job ends here when a synchronization wants to begin. */
export async function pause(job: MaintenanceJob): Promise<void> {
  await nextTurn();
  job.signal.throwIfAborted();
}

/** Rows that are looked at in one step. */
const STEP = 2000;

/** The row ids 1 to `last` in steps. */
export function* idRanges(last: number): Generator<IdRange> {
  for (let from = 1; from <= last; from += STEP) yield { from, to: Math.min(from + STEP - 1, last) };
}
