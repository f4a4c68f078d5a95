import type { LinkReport, SUPSyncStatus } from '../contract/generated/types.js';
import { isRunningState } from '../status/statusMessage.js';

/**
 * A report with the failures that were known before. A node of version 0.1 takes its error back when it begins again;
 * what has failed counts until a success.
 */
export function withKnownFailures(report: LinkReport, before: LinkReport | undefined): LinkReport {
  if (before === undefined || !report.statuses.some(isForgotten)) return report;
  return { ...report, statuses: report.statuses.map((row) => withFailure(row, before.statuses)) };
}

/** Later versions say '' where nothing has failed. */
function isForgotten({ LastSyncErrorId, LastSyncState }: SUPSyncStatus): boolean {
  return LastSyncErrorId === null && isRunningState(LastSyncState);
}

function withFailure(row: SUPSyncStatus, before: readonly SUPSyncStatus[]): SUPSyncStatus {
  const known = before.find(({ WSUSServerName }) => WSUSServerName === row.WSUSServerName);
  if (!isForgotten(row) || known === undefined) return row;
  if (known.LastSuccessfulSyncTime !== row.LastSuccessfulSyncTime) return row;
  const { LastSyncErrorId, LastSyncErrorMessage } = known;
  return { ...row, LastSyncErrorId, LastSyncErrorMessage };
}
