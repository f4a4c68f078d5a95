import type { StoreFinding } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { DanglingReferences, StoredDocument, StoreProblem } from '../../store/StoreInspection.js';

const NOTHING = { Position: null, RevisionId: null, UpdateID: null, RevisionNumber: null } as const;

/** A damaged file of a database that no engine can open. */
export function databaseFinding(problem: StoreProblem): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Database',
    Severity: 'Damage',
    Path: problem.path,
    Position: problem.position,
    Reason: problem.reason,
    Repair: 'AcceptLoss',
  };
}

/** A damaged file of a database that an engine has whole in memory: it is written anew, and nothing is lost. */
export function rewrittenFinding(problem: StoreProblem): StoreFinding {
  return { ...databaseFinding(problem), Repair: 'Rewrite' };
}

/** A damaged segment; its documents are found one by one. */
export function segmentFinding(problem: StoreProblem): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Segment',
    Severity: 'Damage',
    Path: problem.path,
    Position: problem.position,
    Reason: problem.reason,
    Repair: 'Fetch',
  };
}

/** Room that no document uses: nothing is wrong with it. */
export function orphanFinding(path: string, bytes: number): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Segment',
    Severity: 'Notice',
    Path: path,
    Reason: `${bytes} bytes belong to no document`,
    Repair: 'None',
  };
}

/** Rows that name what is not there. */
export function referenceFinding({ what, count }: DanglingReferences): StoreFinding {
  return { ...NOTHING, Kind: 'Reference', Severity: 'Damage', Path: '', Reason: `${count} ${what}`, Repair: 'None' };
}

/** A document that cannot be read or is another one. */
export function documentFinding(document: StoredDocument, error: SyncError): StoreFinding {
  return {
    Kind: 'Document',
    Severity: 'Damage',
    Path: String(error.data['path'] ?? ''),
    Position: document.location.position,
    RevisionId: document.revisionId,
    UpdateID: document.updateId,
    RevisionNumber: document.revisionNumber,
    Reason: String(error.data['reason'] ?? error.message),
    Repair: 'Fetch',
  };
}
