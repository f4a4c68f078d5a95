import { SyncError } from '../../errors/SyncError.js';
import type { UpdateRow } from '../../store/rows.js';
import type { SiteContext } from '../../state/SiteContext.js';

/** How updates are named: by CI_IDs, by CI_UniqueIDs or by title; upgrades too. */
export interface UpdateNames {
  readonly ciIds?: readonly number[] | undefined;
  readonly uniqueIds?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly wildcard?: boolean | undefined;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The software updates that are named, each once, by CI_ID.
 * @throws SyncError UpdateNotFound for a name without an update, ContradictoryParameters when nothing is named
 */
export async function findUpdates(
  { database }: SiteContext,
  { ciIds = [], uniqueIds = [], names = [], wildcard = false }: UpdateNames,
): Promise<UpdateRow[]> {
  if (ciIds.length + uniqueIds.length + names.length === 0)
    throw new SyncError('ContradictoryParameters', { reason: 'Updates are named by CI_ID, by CI_UniqueID or by name' });
  const found = new Map<number, UpdateRow>();
  const take = (rows: readonly UpdateRow[], name: number | string): void => {
    if (rows.length === 0) throw new SyncError('UpdateNotFound', { id: name });
    for (const row of rows) found.set(row.ciId, row);
  };
  for (const ciId of ciIds) take(await database.updates({ ciId, wildcard: false }), ciId);
  for (const uniqueId of uniqueIds) {
    // A model name (Site_x/SUM_guid) ends with the id too.
    const updateId = GUID.exec(uniqueId)?.[0].toLowerCase() ?? '';
    const key = updateId === '' ? undefined : (await database.updateKeys([updateId])).get(updateId);
    const row = key === undefined ? undefined : (await database.softwareUpdatesByUpdate([key])).get(key);
    take(row === undefined ? [] : await database.updates({ ciId: row.ciId, wildcard: false }), uniqueId);
  }
  for (const name of names) take(await database.updates({ name, wildcard }), name);
  return [...found.values()].sort((a, b) => a.ciId - b.ciId);
}
