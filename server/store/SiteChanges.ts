import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { RevisionReference } from '../criteria/obsoleteRevisions.js';
import type { AlertDeliveries, DeliveryStep } from './Deliveries.js';
import type { DocumentLocation } from './DocumentStore.js';
import type { CategoryRow, RevisionRow } from './rows.js';
import type { RunChange } from './runChanges.js';
import type { CopiedRows } from './sql/tables.js';

/** A run as stored: its object of the contract as JSON text beside what it is found by. */
interface RunRecord {
  readonly id: number;
  readonly state: string;
  readonly json: string;
}

/** A status message as stored (ids 6700 to 6708). */
interface MessageRecord {
  readonly id: number;
  readonly messageId: number;
  /** ms since 1970 UTC */
  readonly time: number;
  readonly json: string;
}

/**
 * What an administrator said of one software update: the parts that are not undefined replace what stands there, and
 * CIVersion rises.
 */
interface UpdateOverride {
  readonly ciId: number;
  readonly customSeverity: number | undefined;
  readonly maxExecutionSeconds: number | undefined;
  /** ms since 1970 UTC */
  readonly modified: number;
}

/**
 * A revision to remove, with its relations; `isKnown` lets a list that names it again pass over it. Never the latest of
 * an update that stays.
 */
export interface RevisionRemoval extends RevisionReference {
  readonly isKnown: boolean;
}

/**
 * One transaction: every part is applied, or none. Row ids are given by the caller, so that a replay gives the same
 * database.
 */
export interface SiteChanges {
  /** Whole rows of another database, into tables that have none of their keys; first. */
  readonly copiedRows?: readonly CopiedRows[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly revisions?: readonly RevisionRow[];
  /** Where documents lie now that were copied or fetched again. */
  readonly movedDocuments?: readonly { readonly revisionId: number; readonly location: DocumentLocation }[];
  readonly categories?: readonly CategoryRow[];
  /**
   * Of a row that exists, what an administrator said (severity, run time) stays, whatever stands here; CIVersion never
   * falls.
   */
  readonly softwareUpdates?: readonly SoftwareUpdateRow[];
  readonly overrides?: readonly UpdateOverride[];
  readonly removedSoftwareUpdates?: readonly number[];
  /** CI_IDs of updates to decline at that time (ms). */
  readonly declinedUpdates?: { readonly ciIds: readonly number[]; readonly time: number };
  readonly removedRevisions?: readonly RevisionRemoval[];
  /** True: removed updates of which no revision is stored are forgotten, so that a list brings them again. */
  readonly forgetsObsolete?: boolean;
  readonly run?: RunRecord;
  /** Runs that go with all that they did. */
  readonly removedRuns?: readonly number[];
  /** Status messages of before that time (ms) go, where their id is lower. */
  readonly forgetMessages?: { readonly before: number; readonly below: number };
  /** What a run did to software updates; a later part replaces what an earlier one says of the same update. */
  readonly runChanges?: { readonly run: number; readonly changes: readonly RunChange[] };
  /** Servers whose rows go; before new ones are put. */
  readonly removedStatuses?: readonly string[];
  readonly statuses?: readonly { readonly server: string; readonly json: string }[];
  readonly messages?: readonly MessageRecord[];
  /** Nodes of the site link; the report of one that exists stays. */
  readonly linkNodes?: readonly { readonly nodeId: number; readonly json: string }[];
  /** Their last reports, and when they were last seen (ms). */
  readonly linkReports?: readonly { readonly nodeId: number; readonly report: string; readonly lastSeen: number }[];
  /** Whom alerts that were raised or resolved are to be told, in the order in which that happened. */
  readonly alertDeliveries?: readonly AlertDeliveries[];
  /** What became of deliveries. */
  readonly deliverySteps?: readonly DeliveryStep[];
  /** Answers of requests older than this (ms) are forgotten: nobody sends them again. */
  readonly forgetRequestsBefore?: number;
  /** Result of the state-changing request that this transaction answers. */
  readonly request?: {
    readonly requestId: string;
    readonly method: string;
    readonly result: string;
    readonly time: number;
  };
}
