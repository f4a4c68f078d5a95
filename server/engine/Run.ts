/** Counts of a run (`Counts` of the Run object). */
export interface RunCounts {
  New: number;
  Revised: number;
  Expired: number;
  Superseded: number;
  Removed: number;
  Skipped: number;
  Failed: number;
  Categories: number;
  DocumentsFetched: number;
}

/** An update that could not be synchronized. */
export interface FailedUpdate {
  UpdateID: string;
  RevisionNumber: number;
  ErrorId: string;
  Reason: string;
}

export type RunState = 'Running' | 'Succeeded' | 'Failed' | 'Cancelled';

/** A synchronization as commands show it; property names are those of the PowerShell object. Times are ISO 8601 UTC. */
export interface Run {
  Id: number;
  SiteCode: string;
  Requester: string;
  RequestedBy: string;
  Kind: 'Full' | 'Delta';
  Reason: string;
  State: RunState;
  Succeeded: boolean;
  Phase: string;
  StartTime: string;
  EndTime: string | null;
  DurationSeconds: number;
  Processed: number;
  Total: number;
  PercentComplete: number;
  Counts: RunCounts;
  SyncCatalogVersion: number;
  ErrorId: string;
  ErrorMessage: string;
  NextStep: string;
  FailedUpdates: FailedUpdate[];
}

/** Counts of a run that has done nothing yet. */
export function noCounts(): RunCounts {
  return { New: 0, Revised: 0, Expired: 0, Superseded: 0, Removed: 0, Skipped: 0, Failed: 0, Categories: 0, DocumentsFetched: 0 };
}
