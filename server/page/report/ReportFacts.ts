import type { Health, Run, Site, SUPSyncStatus, UpdateChange } from '../../contract/generated/types.js';
import type { Zone } from '../../schedule/zone.js';

/** What a report is made of. */
export interface ReportFacts {
  readonly siteCode: string;
  readonly serverName: string;
  readonly since: Date;
  readonly now: Date;
  readonly zone: Zone;
  readonly health: Health;
  readonly statuses: readonly SUPSyncStatus[];
  /** The site and those below it. */
  readonly sites: readonly Site[];
  /** When the next synchronization starts, and why, or why none does. */
  readonly next: { readonly time: string | null; readonly reason: string };
  /** Those that ended since then and the one under way, the newest first. */
  readonly runs: readonly Run[];
  /** What they did to updates, each update once, with the number of the newest run that changed it. */
  readonly changes: readonly UpdateChange[];
  /** What is missing from the report. */
  readonly warnings: readonly string[];
}

/** Forms of a report. */
export type ReportFormat = 'Html' | 'Csv' | 'Json' | 'Text';

/** The order in which a report tells of changes. */
export const CHANGE_KINDS = ['New', 'Revised', 'Superseded', 'Expired', 'Removed'] as const;

/** The changes of one kind. */
export function changesOf(
  { changes }: Pick<ReportFacts, 'changes'>,
  kind: (typeof CHANGE_KINDS)[number],
): readonly UpdateChange[] {
  return changes.filter((change) => change.Changes.includes(kind));
}
