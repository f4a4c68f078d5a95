import { decodeRunChanges, type RunChange } from '../runChanges.js';
import type { UpdateTitle } from '../SiteDatabase.js';
import { bytesToGuid } from './guidBytes.js';
import type { SqlConnection } from './SqlConnection.js';

/** What a run did, by ci id. */
export function runChanges(connection: SqlConnection, run: number): RunChange[] {
  return decodeRunChanges(connection.rows('SELECT data FROM run_change WHERE run = ? ORDER BY part', [run]).map(([data]) => data as Uint8Array));
}

/** Names of software updates whatever became of them, as long as they have a row, by ci id. */
export function updateTitles(connection: SqlConnection, ciIds: readonly number[]): Map<number, UpdateTitle> {
  const rows = connection.rowsIn(
    `SELECT s.id, i.guid, r.number, r.title, r.article, s.reason FROM software_update s JOIN revision r ON r.id = s.revision JOIN identity i ON i.id = s.identity
     WHERE s.id IN (#)`, ciIds);
  return new Map(rows.map(([ciId, guid, revisionNumber, title, articleId, reason]) => [Number(ciId), {
    updateId: bytesToGuid(guid as Uint8Array), revisionNumber: Number(revisionNumber), title: String(title), articleId: String(articleId), expiryReason: Number(reason),
  }]));
}
