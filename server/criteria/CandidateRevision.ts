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

/** The revision that a software update is made of. */
export type EvaluatedRevision = Pick<CandidateRevision, 'updateKey' | 'revisionId' | 'revisionNumber' | 'categoryKeys'>;
