import type { Steps } from '../platform/inTurns.js';
import type { EvaluatedRevision } from './CandidateRevision.js';
import type { RevisionTable } from './RevisionTable.js';
import type { SoftwareUpdateRow } from './SoftwareUpdateRow.js';

/**
 * One of `revision` (an exact stored revision of a child) is held by the current revision of the software update
 * `holder`.
 */
export interface Holding {
  readonly child: number;
  readonly revisionId: number;
  readonly holder: number;
}

/** The current revision of the software update `by` names `update` as superseded. */
export interface SupersedenceEdge {
  readonly update: number;
  readonly by: number;
  readonly firstCreated: number;
}

/** Everything that decides about a set of updates: themselves, and what stands around them. */
export interface EvaluationFacts {
  /**
   * Latest revision of each update that is looked at, and the revisions that bundles hold; who is looked at is so with
   * all bundles that hold it at any level.
   */
  readonly revisions: RevisionTable;
  /** Software updates as they are: those that are looked at, and those around them. */
  readonly stored: ReadonlyMap<number, SoftwareUpdateRow>;
  /** What software updates that are not looked at supersede. */
  readonly supersedence: readonly SupersedenceEdge[];
}

/** What the administrator wants, and what the upstream said. */
export interface EvaluationRules {
  readonly products: ReadonlySet<number>;
  readonly classifications: ReadonlySet<number>;
  /** True for updates that a full list did not name, or that were gone before and have not been named since. */
  readonly isGone: (updateKey: number) => boolean;
  /** True when the rules let a superseded update expire now. `since` is 0 where no newer update supersedes it. */
  readonly expiresBySupersedence: (categoryKeys: readonly number[], since: number) => boolean;
}

/** What the updates are that one evaluation has looked at, by their keys. */
export interface EvaluatedUpdates extends Iterable<readonly [updateKey: number, update: EvaluatedUpdate]> {
  readonly size: number;
  /** Made anew for whoever asks: to keep it for all takes more memory than all else of a run. */
  get(updateKey: number): EvaluatedUpdate | undefined;
  /** Keys of the updates in the order of their revisions. */
  inOrder(): Steps<readonly number[]>;
}

/** What an update is, whatever it was before. */
export interface EvaluatedUpdate {
  readonly revision: EvaluatedRevision;
  readonly isHidden: boolean;
  readonly isBundle: boolean;
  /** Of `EXPIRY`, without the supersedence rules. */
  readonly standing: number;
  /** Of `EXPIRY`. */
  readonly reason: number;
  readonly isSuperseded: boolean;
  readonly supersededSince: number;
}
