import type { SoftwareUpdateRow } from './SoftwareUpdateRow.js';

/** A bundled member as a revision names it; `revisionId` is missing while that exact revision is not stored. */
export interface BundleMember {
  readonly updateKey: number;
  readonly revisionId: number | undefined;
}

/**
 * A stored revision of an update as the evaluation sees it. Keys are the database's numbers for update ids; times are
 * ms.
 */
export interface CandidateRevision {
  readonly updateKey: number;
  readonly revisionId: number;
  readonly revisionNumber: number;
  readonly isExpired: boolean;
  readonly isDeployable: boolean;
  /** Creation date of the oldest stored revision of the update. */
  readonly firstCreated: number;
  readonly categoryKeys: readonly number[];
  readonly members: readonly BundleMember[];
  readonly supersedes: readonly number[];
}

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
   * Latest revision of each update that is looked at; who is looked at is so with all bundles that hold it at any
   * level.
   */
  readonly latest: ReadonlyMap<number, CandidateRevision>;
  /** Revisions that bundles hold, by revision id. */
  readonly held: ReadonlyMap<number, CandidateRevision>;
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

/** What an update is, whatever it was before. */
export interface EvaluatedUpdate {
  readonly revision: CandidateRevision;
  readonly isHidden: boolean;
  readonly isBundle: boolean;
  /** Of `EXPIRY`, without the supersedence rules. */
  readonly standing: number;
  /** Of `EXPIRY`. */
  readonly reason: number;
  readonly isSuperseded: boolean;
  readonly supersededSince: number;
}
