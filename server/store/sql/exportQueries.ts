import type { BundleEdge, PackagedRevision, PlacedRevision } from '../ExportReads.js';
import type { IdRange } from '../StoreInspection.js';
import { RELATION } from '../rows.js';
import type { Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';

export function* placedRevisions(sql: Sql, { from, to }: IdRange): SqlSteps<PlacedRevision[]> {
  const rows = yield* sql.rows('SELECT id, kind, category_type FROM revision WHERE id BETWEEN ? AND ? ORDER BY id', [
    from,
    to,
  ]);
  return rows.map(([id, kind, type]) => ({ revisionId: Number(id), kind: Number(kind), categoryType: String(type) }));
}

export function* bundleEdges(sql: Sql, { from, to }: IdRange): SqlSteps<BundleEdge[]> {
  const rows = yield* sql.rows(
    `SELECT n.revision, r.id FROM relation n JOIN revision r ON r.identity = n.target AND r.number = n.number
     WHERE n.revision BETWEEN ? AND ? AND n.kind = ${RELATION.bundled} ORDER BY n.revision, n.clause, n.target`,
    [from, to],
  );
  return rows.map(([bundle, child]) => ({ bundle: Number(bundle), child: Number(child) }));
}

export function* packagedRevisions(sql: Sql, revisionIds: readonly number[]): SqlSteps<PackagedRevision[]> {
  const categories = yield* categoryIdsOf(sql, revisionIds);
  const rows = yield* sql.rowsIn(
    'SELECT r.id, i.guid, r.number, r.segment, r.position, r.length FROM revision r JOIN identity i ON i.id = ' +
      'r.identity WHERE r.id IN (#)',
    revisionIds,
  );
  const found = new Map(
    rows.map(([id, guid, number, segment, position, length]) => [
      Number(id),
      {
        revisionId: Number(id),
        updateId: bytesToGuid(guid as Uint8Array),
        revisionNumber: Number(number),
        location: { segment: Number(segment), position: Number(position), length: Number(length) },
        categoryIds: categories.get(Number(id)) ?? [],
      },
    ]),
  );
  return revisionIds.flatMap((id) => found.get(id) ?? []);
}

export function* firstStoredAfter(sql: Sql, time: number): SqlSteps<number | undefined> {
  const id = (yield* sql.row('SELECT min(id) FROM revision WHERE stored > ?', [time]))?.[0];
  return id === null || id === undefined ? undefined : Number(id);
}

function* categoryIdsOf(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, Set<string>>();
  const rows = yield* sql.rowsIn(
    `SELECT n.revision, i.guid FROM relation n JOIN identity i ON i.id = n.target WHERE n.revision IN (#) AND ` +
      `n.kind = ${RELATION.category} ORDER BY n.revision, n.clause, n.target`,
    revisionIds,
  );
  for (const [revision, guid] of rows) {
    const known = found.get(Number(revision));
    const id = bytesToGuid(guid as Uint8Array);
    if (known === undefined) found.set(Number(revision), new Set([id]));
    else known.add(id);
    yield;
  }
  return new Map([...found].map(([revision, ids]) => [revision, [...ids]]));
}
