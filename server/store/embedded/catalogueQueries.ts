import { KIND, RELATION, type CatalogueRow } from '../rows.js';
import type { CataloguePage } from '../SiteDatabase.js';
import { bytesToGuid } from './guidBytes.js';
import type { Row, SqlConnection } from './SqlConnection.js';

const COLUMNS = 'r.id, r.identity, i.guid, r.number, r.kind, r.expired, r.flags, r.title, r.category_type, r.created';

export function cataloguePage(connection: SqlConnection, page: CataloguePage): CatalogueRow[] {
  const after = Math.max(page.afterRevisionId, page.fromRevisionId - 1);
  return toCatalogueRows(connection, connection.rows(
    `SELECT ${COLUMNS} FROM revision r JOIN identity i ON i.id = r.identity
     WHERE r.id > ? AND r.latest = 1 AND r.kind IN (${KIND.software}, ${KIND.driver}) ORDER BY r.id LIMIT ?`, [after, page.limit]));
}

export function catalogueSize(connection: SqlConnection, fromRevisionId: number): number {
  return Number(connection.row(`SELECT count(*) FROM revision WHERE id >= ? AND latest = 1 AND kind IN (${KIND.software}, ${KIND.driver})`, [fromRevisionId])?.[0]);
}

export function categoryDocuments(connection: SqlConnection, fromRevisionId: number): CatalogueRow[] {
  return toCatalogueRows(connection, connection.rows(
    `SELECT ${COLUMNS} FROM revision r JOIN identity i ON i.id = r.identity
     WHERE r.id >= ? AND r.kind = ${KIND.category} AND r.latest = 1 AND r.category_type <> '' ORDER BY r.id`, [fromRevisionId]));
}

export function bundledRevisions(connection: SqlConnection, revisionIds: readonly number[]): Map<number, CatalogueRow[]> {
  const rows = connection.rowsIn(
    `SELECT ${COLUMNS}, b.revision FROM relation b JOIN revision r ON r.identity = b.target AND r.number = b.number JOIN identity i ON i.id = r.identity
     WHERE b.revision IN (#) AND b.kind = ${RELATION.bundled} ORDER BY b.revision, b.clause, r.id`, revisionIds);
  const bundles = new Map<number, CatalogueRow[]>();
  for (const [index, child] of toCatalogueRows(connection, rows).entries()) {
    const bundle = Number(rows[index]?.[10]);
    const children = bundles.get(bundle);
    if (children === undefined) bundles.set(bundle, [child]);
    else children.push(child);
  }
  return bundles;
}

/** Latest bundles stored before that name a revision stored since: their children may have come later than they. */
export function bundlesOf(connection: SqlConnection, fromRevisionId: number): CatalogueRow[] {
  return toCatalogueRows(connection, connection.rows(
    `SELECT DISTINCT ${COLUMNS} FROM revision n JOIN relation b ON b.target = n.identity AND b.kind = ${RELATION.bundled} AND b.kind > 0 AND b.number = n.number
     JOIN revision r ON r.id = b.revision JOIN identity i ON i.id = r.identity WHERE n.id >= ? AND r.id < ? AND r.latest = 1 ORDER BY r.id`, [fromRevisionId, fromRevisionId]));
}

function toCatalogueRows(connection: SqlConnection, rows: readonly Row[]): CatalogueRow[] {
  const keys = new Map<number, number[]>();
  const ids = rows.map((row) => Number(row[0]));
  for (const [revision, target] of connection.rowsIn(`SELECT revision, target FROM relation WHERE revision IN (#) AND kind = ${RELATION.category}`, ids)) {
    const known = keys.get(Number(revision));
    if (known === undefined) keys.set(Number(revision), [Number(target)]);
    else known.push(Number(target));
  }
  return rows.map((row) => toCatalogueRow(row, keys.get(Number(row[0])) ?? []));
}

function toCatalogueRow(row: Row, categoryKeys: readonly number[]): CatalogueRow {
  const [revisionId, updateKey, guid, revisionNumber, kind, expired, flags, title, categoryType, created] = row;
  return {
    revisionId: Number(revisionId), updateKey: Number(updateKey), updateId: bytesToGuid(guid as Uint8Array), revisionNumber: Number(revisionNumber), kind: Number(kind),
    expired: expired === 1, flags: Number(flags), title: String(title), categoryType: String(categoryType), created: Number(created), categoryKeys,
  };
}
