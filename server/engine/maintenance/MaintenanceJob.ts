import { nextTurn } from '../../platform/inTurns.js';
import type { SoftwareUpdateRow } from '../../store/rows.js';
import type { ComponentSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import type { MaintenanceReport } from './MaintenanceReport.js';

/** What one maintenance works with. */
export interface MaintenanceJob {
  readonly context: SiteContext;
  readonly settings: ComponentSettings;
  readonly signal: AbortSignal;
  readonly report: MaintenanceReport;
  /** True: nothing changes; the report says what would go. */
  readonly isWhatIf: boolean;
  /** What the steps before would have done: a later step of a `isWhatIf` counts with it. */
  readonly assumed: Assumed;
}

/** What would be done by the steps of a maintenance that changes nothing. */
export interface Assumed {
  readonly removed: SoftwareUpdateRow[];
  /** Keys of updates. */
  readonly declined: number[];
  readonly goneRevisions: Set<number>;
}

/** Stands between two steps: requests are answered, and the job ends here when a synchronization wants to begin. */
export async function pause(job: MaintenanceJob): Promise<void> {
  await nextTurn();
  job.signal.throwIfAborted();
}
