import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { DocumentLocation } from './DocumentStore.js';

/** Something wrong with a file of the store; `position` in bytes where it is known. */
export interface StoreProblem {
  readonly path: string;
  readonly position: number | null;
  readonly reason: string;
  /**
   * Where the engine that works with the file cannot mend it; if not given it writes it again, and nothing is lost.
   * `None`: nobody but the administrator of the server can.
   */
  readonly repair?: 'Rebuild' | 'AcceptLoss' | 'None';
}

/** What reading the files of a database again came to. */
export interface DatabaseInspection {
  readonly files: number;
  readonly transactions: number;
  readonly problems: readonly StoreProblem[];
}

/** Which revision's document lies where. */
export interface StoredDocument extends UpdateIdentity {
  readonly revisionId: number;
  readonly location: DocumentLocation;
}

/** What the revisions of a range of ids use of a segment: bytes, documents, and the highest byte. */
export interface SegmentUse {
  readonly segment: number;
  readonly bytes: number;
  readonly documents: number;
  readonly end: number;
}

/** Rows that name what is not there. */
export interface DanglingReferences {
  readonly what: string;
  readonly count: number;
}

/** Ids from `from` to `to`, both included. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}
