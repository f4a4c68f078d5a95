import { sorted } from '../../criteria/collections.js';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import type { CategoryEdge, DeclinedUpdate, Membership } from '../ServingReads.js';
import type { IdRange, StoredDocument } from '../StoreInspection.js';
import { KIND, RELATION } from '../rows.js';
import { bytesToGuid } from './Identities.js';
import type { Identities } from './Identities.js';
import type { SqlConnection } from './SqlConnection.js';

const CONFIGURATION = `(${KIND.category}, ${KIND.detectoid})`;

export function configurationIn(connection: SqlConnection, { from, to }: IdRange): number[] {
  return connection
    .rows(`SELECT id FROM revision WHERE id BETWEEN ? AND ? AND kind IN ${CONFIGURATION} ORDER BY id`, [from, to])
    .map(([id]) => Number(id));
}

export function membershipsIn(connection: SqlConnection, { from, to }: IdRange, until: number): Membership[] {
  const rows = connection.rows(
    `SELECT r.id, c.target FROM revision r LEFT JOIN relation c ON c.revision = r.id AND c.kind = ${RELATION.category}
     WHERE r.id BETWEEN ? AND ? AND r.kind NOT IN ${CONFIGURATION}
       AND (r.latest = 1 OR NOT EXISTS(SELECT 1 FROM revision n WHERE n.identity = r.identity AND n.number > ` +
      `r.number AND n.id <= ?)) ORDER BY r.id`,
    [from, to, until],
  );
  return rows.map(([revisionId, categoryKey]) => ({
    revisionId: Number(revisionId),
    categoryKey: categoryKey === null ? null : Number(categoryKey),
  }));
}

export function* categoryEdges(connection: SqlConnection): Steps<CategoryEdge[]> {
  const edges: CategoryEdge[] = [];
  yield* connection.eachRow(
    `SELECT r.id, c.clause, c.target, r.identity FROM revision r JOIN relation c ON c.revision = r.id AND c.kind ` +
      `= ${RELATION.category} WHERE r.kind = ${KIND.category} AND r.latest = 1 AND (r.id, c.clause, c.target) > ` +
      `(?, ?, ?) ORDER BY r.id, c.clause, c.target`,
    [0, -1, -1],
    ([, , parent, child]) => edges.push({ parent: Number(parent), child: Number(child) }),
  );
  return edges;
}

export function* neededBy(
  connection: SqlConnection,
  revisionIds: readonly number[],
): Steps<ReadonlyMap<number, readonly number[]>> {
  const needed = new Map<number, number[]>();
  yield* connection.eachRowIn(
    `SELECT n.revision, m.id FROM relation n JOIN revision m ON m.identity = n.target AND ((n.kind ` +
      `= ${RELATION.bundled} AND m.number = n.number) OR (n.kind = ${RELATION.prerequisite} AND m.latest = 1))
     WHERE n.revision IN (#) AND n.kind IN (${RELATION.prerequisite}, ${RELATION.bundled}) AND m.kind NOT ` +
      `IN ${CONFIGURATION} ORDER BY n.revision, n.kind, n.clause, n.target`,
    revisionIds,
    ([revision, id]) => {
      const known = needed.get(Number(revision));
      if (known === undefined) needed.set(Number(revision), [Number(id)]);
      else known.push(Number(id));
    },
  );
  return needed;
}

export function* bundling(connection: SqlConnection, revisionIds: readonly number[]): Steps<number[]> {
  const bundles = new Set<number>();
  yield* connection.eachRowIn(
    `SELECT b.revision FROM revision m JOIN relation b ON b.target = m.identity AND b.kind = ${RELATION.bundled} ` +
      `AND b.kind > 0 AND b.number = m.number WHERE m.id IN (#)`,
    revisionIds,
    ([revision]) => bundles.add(Number(revision)),
  );
  return yield* sorted(bundles, (a, b) => a - b);
}

export function* identitiesOf(
  connection: SqlConnection,
  revisionIds: readonly number[],
): Steps<ReadonlyMap<number, UpdateIdentity>> {
  const rows = yield* connection.rowsIn(
    'SELECT r.id, i.guid, r.number FROM revision r JOIN identity i ON i.id = r.identity WHERE r.id IN (#)',
    revisionIds,
  );
  return new Map(
    rows.map(([id, guid, number]) => [
      Number(id),
      { updateId: bytesToGuid(guid as Uint8Array), revisionNumber: Number(number) },
    ]),
  );
}

export function* documentsOf(
  connection: SqlConnection,
  identities: Identities,
  wanted: readonly UpdateIdentity[],
): Steps<(StoredDocument | undefined)[]> {
  const documents: (StoredDocument | undefined)[] = [];
  for (const { updateId, revisionNumber } of wanted) {
    const key = identities.find(updateId.toLowerCase());
    const row =
      key === undefined
        ? undefined
        : connection.row('SELECT id, segment, position, length FROM revision WHERE identity = ? AND number = ?', [
            key,
            revisionNumber,
          ]);
    documents.push(
      row && {
        updateId: updateId.toLowerCase(),
        revisionNumber,
        revisionId: Number(row[0]),
        location: { segment: Number(row[1]), position: Number(row[2]), length: Number(row[3]) },
      },
    );
    yield;
  }
  return documents;
}

export function declinedUpdates(connection: SqlConnection, after: number, most: number): DeclinedUpdate[] {
  return connection
    .rows(
      `SELECT s.id, i.guid FROM software_update s JOIN identity i ON i.id = s.identity WHERE s.id > ? AND s.declined = 1
       ORDER BY s.id LIMIT ?`,
      [after, most],
    )
    .map(([ciId, guid]) => ({ ciId: Number(ciId), updateId: bytesToGuid(guid as Uint8Array) }));
}

export function* currentRevisions(
  connection: SqlConnection,
  identities: Identities,
  updateIds: readonly string[],
): Steps<UpdateIdentity[]> {
  const current: UpdateIdentity[] = [];
  for (const updateId of updateIds) {
    const key = identities.find(updateId.toLowerCase());
    const row =
      key === undefined
        ? undefined
        : connection.row('SELECT number FROM revision WHERE identity = ? AND latest = 1', [key]);
    if (row !== undefined) current.push({ updateId: updateId.toLowerCase(), revisionNumber: Number(row[0]) });
    yield;
  }
  return current;
}
