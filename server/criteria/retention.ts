/** What of a site goes when it is old enough: the product's tasks whose rows a site here has. */
export const MAINTENANCE_TASKS = {
  DeleteAgedStatusMessages: { itemName: 'Delete Aged Status Messages', what: 'status messages' },
  DeleteAgedLogData: { itemName: 'Delete Aged Log Data', what: 'synchronizations and what they changed' },
} as const;

export type MaintenanceTaskName = keyof typeof MAINTENANCE_TASKS;
export const MAINTENANCE_TASK_NAMES = Object.keys(MAINTENANCE_TASKS) as readonly MaintenanceTaskName[];

/** How a task is set. */
export interface TaskSetting {
  readonly isEnabled: boolean;
  readonly days: number;
}

/** Nothing goes unless somebody says so. */
export const DEFAULT_TASK: TaskSetting = { isEnabled: false, days: 180 };

/** Whatever their age, so many of the newest synchronizations stay: the site decides by them. */
export const KEPT_RUNS = 100;
/** And of those that succeeded. */
export const KEPT_SUCCESSES = 10;

const DAY = 86_400_000;

/** Since when rows stay (ms); undefined where all do. */
export function keptSince({ isEnabled, days }: TaskSetting, now: number): number | undefined {
  return isEnabled ? now - days * DAY : undefined;
}

/** Whether the tasks are to be done: once a day, also after the clock was set back. */
export function isForgettingDue(last: number, now: number): boolean {
  return Math.abs(now - last) >= DAY;
}
