import type { SoftwareUpdate, UpdateSetRequest } from '../../contract/generated/types.js';
import { SEVERITY } from '../../criteria/severities.js';
import { SyncError } from '../../errors/SyncError.js';
import type { UpdateRow } from '../../store/rows.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { updateObjects } from '../objects/updateObjects.js';

/** The answer as it is stored: whoever asks again gets the objects anew. */
export interface SetUpdates {
  readonly ciIds: readonly number[];
}

/**
 * `update/set`: overrides of single updates, which no synchronization takes back. All updates with the name are meant.
 * @throws SyncError UpdateNotFound for one that does not exist, is removed or hidden; ContradictoryParameters. Nothing
 * is changed then.
 */
export async function setUpdates(context: SiteContext, params: UpdateSetRequest): Promise<SetUpdates> {
  if (params.customSeverity === undefined && params.maximumExecutionMins === undefined) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'Nothing is given to set: CustomSeverity or MaximumExecutionMins',
    });
  }
  const rows = await findUpdates(context, params);
  const override = {
    customSeverity: params.customSeverity === undefined ? undefined : SEVERITY[params.customSeverity],
    maxExecutionSeconds: params.maximumExecutionMins === undefined ? undefined : params.maximumExecutionMins * 60,
  };
  const { customSeverity, maxExecutionSeconds } = override;
  const differs = (row: UpdateRow): boolean =>
    (customSeverity ?? row.customSeverity) !== row.customSeverity ||
    (maxExecutionSeconds ?? row.maxExecutionSeconds) !== row.maxExecutionSeconds;
  const modified = context.now().getTime();
  const result: SetUpdates = { ciIds: rows.map((row) => row.ciId) };
  await context.database.commit({
    overrides: rows.filter(differs).map((row) => ({ ciId: row.ciId, modified, ...override })),
    request: { requestId: params.requestId, method: 'update/set', result: JSON.stringify(result), time: modified },
  });
  return result;
}

/** The updates of an answer as they are now. */
export async function updatesOf(context: SiteContext, { ciIds }: SetUpdates): Promise<SoftwareUpdate[]> {
  return updateObjects(
    context,
    await context.database.updates({ ciIds, wildcard: false }),
    await context.database.categories(),
  );
}

async function findUpdates(
  context: SiteContext,
  { ciIds, name, wildcard = false }: UpdateSetRequest,
): Promise<readonly UpdateRow[]> {
  if ((ciIds === undefined) === (name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Updates are named either by CI_ID or by name' });
  const rows = await context.database.updates({
    ...(ciIds === undefined ? {} : { ciIds }),
    ...(name === undefined ? {} : { name }),
    wildcard,
  });
  const found = new Set(rows.map((row) => row.ciId));
  const missing = ciIds === undefined ? (rows.length === 0 ? name : undefined) : ciIds.find((ciId) => !found.has(ciId));
  if (missing !== undefined) throw new SyncError('UpdateNotFound', { id: missing });
  return rows;
}
