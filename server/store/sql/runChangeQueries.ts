import type { UpdateSummary, UpdateTitle } from '../SiteDatabase.js';
import { RELATION } from '../rows.js';
import { decodeRunChanges } from '../runChanges.js';
import type { RunChange } from '../runChanges.js';
import type { Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';

/** What a run did, by ci id. */
export function* runChanges(sql: Sql, run: number): SqlSteps<RunChange[]> {
  return decodeRunChanges(
    (yield* sql.rows('SELECT data FROM run_change WHERE run = ? ORDER BY part', [run])).map(
      ([data]) => data as Uint8Array,
    ),
  );
}

/** Names of software updates whatever became of them, as long as they have a row, by ci id. */
export function* updateTitles(sql: Sql, ciIds: readonly number[]): SqlSteps<ReadonlyMap<number, UpdateTitle>> {
  const rows = yield* sql.rowsIn(
    `SELECT s.id, i.guid, r.number, r.title, r.article, s.reason, r.severity, r.first_created, r.url, r.id ` +
      `FROM software_update s JOIN revision r ON r.id = s.revision JOIN identity i ON i.id = s.identity
     WHERE s.id IN (#) ORDER BY s.id`,
    ciIds,
  );
  const categories = yield* categoriesOf(
    sql,
    rows.map((row) => Number(row[9])),
  );
  return new Map(
    rows.map(([ciId, guid, revisionNumber, title, articleId, reason, severity, firstCreated, url, revision]) => [
      Number(ciId),
      {
        updateId: bytesToGuid(guid as Uint8Array),
        revisionNumber: Number(revisionNumber),
        title: String(title),
        articleId: String(articleId),
        expiryReason: Number(reason),
        severity: Number(severity),
        firstCreated: Number(firstCreated),
        url: String(url),
        categories: categories.get(Number(revision)) ?? [],
      },
    ]),
  );
}

/** GUIDs of the categories of revisions, by revision. */
function* categoriesOf(sql: Sql, revisions: readonly number[]): SqlSteps<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>();
  for (const [revision, guid] of yield* sql.rowsIn(
    `SELECT r.revision, i.guid FROM relation r JOIN identity i ON i.id = r.target WHERE r.revision IN (#) AND ` +
      `r.kind = ${RELATION.category} ORDER BY r.revision, r.clause, r.target`,
    revisions,
  )) {
    const list = found.get(Number(revision)) ?? [];
    list.push(bytesToGuid(guid as Uint8Array));
    found.set(Number(revision), list);
  }
  return found;
}

export function* updateSummary(sql: Sql): SqlSteps<UpdateSummary> {
  const row =
    (yield* sql.row(
      `SELECT count(*), count(CASE WHEN expired = 0 AND superseded = 0 THEN 1 END), ` +
        `count(CASE WHEN expired = 0 AND superseded = 1 THEN 1 END), count(CASE WHEN expired = 1 THEN 1 END)
     FROM software_update WHERE hidden = 0 AND removed = 0`,
    )) ?? [];
  const [updates, current, superseded, expired] = row.map(Number);
  return { updates: updates ?? 0, current: current ?? 0, superseded: superseded ?? 0, expired: expired ?? 0 };
}
