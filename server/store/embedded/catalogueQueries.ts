import { KIND, RELATION, type CatalogueRow } from '../rows.js';
import type { CataloguePage } from '../SiteDatabase.js';
import { bytesToGuid } from './guidBytes.js';
import type { Row, SqlConnection } from './SqlConnection.js';

const COLUMNS = 'r.id, r.identity, i.guid, r.number, r.kind, r.expired, r.flags, r.title, r.category_type, r.created';

export function cataloguePage(connection: SqlConnection, page: CataloguePage): CatalogueRow[] {
  const after = Math.max(page.afterRevisionId, page.fromRevisionId - 1);
  const rows = connection.rows(
    `SELECT ${COLUMNS} FROM revision r JOIN identity i ON i.id = r.identity
     WHERE r.id > ? AND r.latest = 1 AND r.kind IN (${KIND.software}, ${KIND.driver}) ORDER BY r.id LIMIT ?`, [after, page.limit]);
  return rows.map((row) => toCatalogueRow(connection, row));
}

export function categoryDocuments(connection: SqlConnection, fromRevisionId: number): CatalogueRow[] {
  const rows = connection.rows(
    `SELECT ${COLUMNS} FROM revision r JOIN identity i ON i.id = r.identity
     WHERE r.id >= ? AND r.latest = 1 AND r.kind = ${KIND.category} AND r.category_type <> '' ORDER BY r.id`, [fromRevisionId]);
  return rows.map((row) => toCatalogueRow(connection, row));
}

export function bundledRevisions(connection: SqlConnection, revisionIds: readonly number[]): Map<number, CatalogueRow[]> {
  const bundles = new Map<number, CatalogueRow[]>();
  for (const revisionId of revisionIds) {
    const rows = connection.rows(
      `SELECT ${COLUMNS} FROM relation b JOIN revision r ON r.identity = b.target AND r.number = b.number JOIN identity i ON i.id = r.identity
       WHERE b.revision = ? AND b.kind = ${RELATION.bundled} ORDER BY b.clause, r.id`, [revisionId]);
    if (rows.length > 0) bundles.set(revisionId, rows.map((row) => toCatalogueRow(connection, row)));
  }
  return bundles;
}

function toCatalogueRow(connection: SqlConnection, row: Row): CatalogueRow {
  const [revisionId, updateKey, guid, revisionNumber, kind, expired, flags, title, categoryType, created] = row;
  const keys = connection.rows(`SELECT target FROM relation WHERE revision = ? AND kind = ${RELATION.category}`, [Number(revisionId)]);
  return {
    revisionId: Number(revisionId), updateKey: Number(updateKey), updateId: bytesToGuid(guid as Uint8Array), revisionNumber: Number(revisionNumber), kind: Number(kind),
    expired: expired === 1, flags: Number(flags), title: String(title), categoryType: String(categoryType), created: Number(created),
    categoryKeys: keys.map((key) => Number(key[0])),
  };
}
