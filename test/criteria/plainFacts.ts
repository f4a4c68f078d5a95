import { RevisionTable } from '../../server/criteria/RevisionTable.js';
import type { CandidateRevision } from '../../server/criteria/CandidateRevision.js';
import type { EvaluationFacts } from '../../server/criteria/UpdateEvaluation.js';

/** Facts of an evaluation said plainly: latest revisions by update, and those that bundles hold by revision id. */
export interface PlainFacts extends Omit<EvaluationFacts, 'revisions'> {
  readonly latest: ReadonlyMap<number, CandidateRevision>;
  readonly held: ReadonlyMap<number, CandidateRevision>;
}

/** The same as the evaluation takes them. */
export function factsOf({ latest, held, ...others }: PlainFacts): EvaluationFacts {
  const revisions = new RevisionTable();
  for (const revision of latest.values()) revisions.addLatest(revision);
  for (const revision of held.values()) if (!revisions.hasRevision(revision.revisionId)) revisions.addHeld(revision);
  return { ...others, revisions };
}
