import type {
  MaintenanceTask,
  MaintenanceTaskListRequest,
  MaintenanceTaskListResult,
  MaintenanceTaskSetRequest,
  MaintenanceTaskSetResult,
} from '../contract/generated/types.js';
import { namePattern } from '../criteria/names.js';
import { MAINTENANCE_TASK_NAMES, MAINTENANCE_TASKS, type MaintenanceTaskName } from '../criteria/retention.js';
import { SyncError } from '../errors/SyncError.js';
import { keepAdvice } from '../state/keeper.js';
import { readTask } from '../state/retention.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

/** `maintenanceTask/list`. */
export async function listMaintenanceTasks(
  { context }: Pick<ServiceParts, 'context'>,
  params: MaintenanceTaskListRequest,
): Promise<MaintenanceTaskListResult> {
  return { tasks: await Promise.all(meant(params).map(async (name) => shown(context, name))) };
}

/** `maintenanceTask/set`: what is older goes at the next tick. @throws SyncError MaintenanceTaskNotFound */
export async function setMaintenanceTasks(
  { context }: Pick<ServiceParts, 'context'>,
  params: MaintenanceTaskSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<MaintenanceTaskSetResult> {
  return context.settingsMutex.take(async () => {
    const { database } = context;
    const names = meant(params);
    if (names.length === 0) throw new SyncError('MaintenanceTaskNotFound', { task: params.name });
    const changes = await Promise.all(
      names.map(async (name) => {
        const before = await readTask(database, name);
        const { enabled = before.isEnabled, deleteOlderThanDays = before.days } = params;
        return [name, { isEnabled: enabled, days: deleteOlderThanDays }] as const;
      }),
    );
    const maintenanceTasks = { ...(await readState(database, STATE.maintenanceTasks)), ...Object.fromEntries(changes) };
    const tasks = await Promise.all(
      changes.map(async ([name, { isEnabled, days }]) => ({
        ...(await shown(context, name)),
        Enabled: isEnabled,
        DeleteOlderThan: days,
      })),
    );
    const result = { tasks, warnings: warningsOf(context, tasks) };
    await database.commit({ settings: stateChange({ maintenanceTasks, tasksDone: null }), ...keep(result) });
    return result;
  });
}

function meant({ name, wildcard }: MaintenanceTaskListRequest): readonly MaintenanceTaskName[] {
  if (name === undefined) return MAINTENANCE_TASK_NAMES;
  const pattern = namePattern(name, wildcard);
  return MAINTENANCE_TASK_NAMES.filter((task) => pattern.test(task) || pattern.test(MAINTENANCE_TASKS[task].itemName));
}

async function shown({ database, site }: SiteContext, name: MaintenanceTaskName): Promise<MaintenanceTask> {
  const { isEnabled, days } = await readTask(database, name);
  const done = (await readState(database, STATE.tasksDone)) ?? undefined;
  return {
    ItemName: MAINTENANCE_TASKS[name].itemName,
    ItemType: 'SQL Task',
    SiteCode: site.siteCode,
    Enabled: isEnabled,
    DeleteOlderThan: days,
    MaintenanceTask: name,
    LastRunTime: done === undefined || !isEnabled ? null : new Date(done).toISOString(),
  };
}

function warningsOf({ keeper }: SiteContext, tasks: readonly MaintenanceTask[]): string[] {
  if (keeper() === 'Service' || tasks.every(({ Enabled }) => !Enabled)) return [];
  return [`Old rows are removed only while an engine of this site runs. ${keepAdvice(keeper())}`];
}
