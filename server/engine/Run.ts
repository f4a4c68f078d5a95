import type { RunCounts } from '../contract/generated/types.js';

/** Counts of a run that has done nothing yet. */
export function noCounts(): RunCounts {
  return {
    New: 0,
    Revised: 0,
    Expired: 0,
    Superseded: 0,
    Removed: 0,
    Skipped: 0,
    Failed: 0,
    Categories: 0,
    DocumentsFetched: 0,
  };
}
