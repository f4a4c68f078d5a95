import { sorted } from '../../criteria/collections.js';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { CategoryEdge, DeclinedUpdate, Membership } from '../ServingReads.js';
import type { IdRange, StoredDocument } from '../StoreInspection.js';
import { KIND, RELATION } from '../rows.js';
import type { Row, Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';
import type { Identities } from './Identities.js';
import { targetsOf } from './packedPrerequisites.js';

const CONFIGURATION = `(${KIND.category}, ${KIND.detectoid})`;

export function* configurationIn(sql: Sql, { from, to }: IdRange): SqlSteps<number[]> {
  return (yield* sql.rows(`SELECT id FROM revision WHERE id BETWEEN ? AND ? AND kind IN ${CONFIGURATION} ORDER BY id`, [
    from,
    to,
  ])).map(([id]) => Number(id));
}

export function* membershipsIn(sql: Sql, { from, to }: IdRange, until: number): SqlSteps<Membership[]> {
  const rows = yield* sql.rows(
    `SELECT r.id, c.target FROM revision r LEFT JOIN relation c ON c.revision = r.id AND c.kind = ${RELATION.category}
     WHERE r.id BETWEEN ? AND ? AND r.kind NOT IN ${CONFIGURATION}
       AND (r.latest = 1 OR NOT EXISTS(SELECT 1 FROM revision n WHERE n.identity = r.identity AND n.number > ` +
      `r.number AND n.id <= ?)) ORDER BY r.id, c.clause, c.target`,
    [from, to, until],
  );
  return rows.map(([revisionId, categoryKey]) => ({
    revisionId: Number(revisionId),
    categoryKey: categoryKey === null ? null : Number(categoryKey),
  }));
}

export function* categoryEdges(sql: Sql): SqlSteps<CategoryEdge[]> {
  const edges: CategoryEdge[] = [];
  yield* sql.eachRow(
    `SELECT r.id, c.clause, c.target, r.identity FROM revision r JOIN relation c ON c.revision = r.id AND c.kind ` +
      `= ${RELATION.category} WHERE r.kind = ${KIND.category} AND r.latest = 1 AND (r.id, c.clause, c.target) > ` +
      `(?, ?, ?) ORDER BY r.id, c.clause, c.target`,
    [0, -1, -1],
    ([, , parent, child]) => edges.push({ parent: Number(parent), child: Number(child) }),
  );
  return edges;
}

export function* neededBy(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, readonly number[]>> {
  const needed = new Map<number, number[]>();
  const add = (revisionId: number, id: number): void => {
    const known = needed.get(revisionId);
    if (known === undefined) needed.set(revisionId, [id]);
    else known.push(id);
  };
  yield* eachRequired(sql, revisionIds, add);
  yield* sql.eachRowIn(
    `SELECT n.revision, m.id FROM relation n JOIN revision m ON m.identity = n.target AND m.number = n.number
     WHERE n.revision IN (#) AND n.kind = ${RELATION.bundled} AND m.kind NOT IN ${CONFIGURATION} ` +
      `ORDER BY n.revision, n.clause, n.target`,
    revisionIds,
    ([revision, id]) => add(Number(revision), Number(id)),
  );
  return needed;
}

/** Gives the current revisions of the updates that each revision has as prerequisites to `add`. */
function* eachRequired(
  sql: Sql,
  revisionIds: readonly number[],
  add: (revisionId: number, id: number) => void,
): SqlSteps<void> {
  const named = new Map<number, readonly number[]>();
  for (const [id, packed] of yield* sql.rowsIn(
    "SELECT id, prerequisites FROM revision WHERE id IN (#) AND prerequisites <> '' ORDER BY id",
    revisionIds,
  ))
    named.set(Number(id), yield* targetsOf(String(packed)));
  const current = new Map<number, number>();
  yield* sql.eachRowIn(
    `SELECT identity, id FROM revision WHERE identity IN (#) AND latest = 1 AND kind NOT IN ${CONFIGURATION}`,
    [...new Set([...named.values()].flat())],
    ([key, id]) => current.set(Number(key), Number(id)),
  );
  for (const [revisionId, targets] of named) {
    for (const target of targets) {
      const id = current.get(target);
      if (id !== undefined) add(revisionId, id);
    }
    yield;
  }
}

export function* bundling(sql: Sql, revisionIds: readonly number[]): SqlSteps<number[]> {
  const bundles = new Set<number>();
  yield* sql.eachRowIn(
    `SELECT b.revision FROM revision m JOIN relation b ON b.target = m.identity AND b.kind = ${RELATION.bundled} ` +
      `AND b.kind > 0 AND b.number = m.number WHERE m.id IN (#)`,
    revisionIds,
    ([revision]) => bundles.add(Number(revision)),
  );
  return yield* sorted(bundles, (a, b) => a - b);
}

export function* identitiesOf(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, UpdateIdentity>> {
  const rows = yield* sql.rowsIn(
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
  sql: Sql,
  identities: Identities,
  wanted: readonly UpdateIdentity[],
): SqlSteps<(StoredDocument | undefined)[]> {
  const keys = yield* identities.findAll(wanted.map(({ updateId }) => updateId.toLowerCase()));
  const found = new Map<string, Row>();
  yield* sql.eachRowIn(
    'SELECT identity, number, id, segment, position, length FROM revision WHERE identity IN (#)',
    [...new Set(keys.values())],
    (row) => found.set(`${Number(row[0])}.${Number(row[1])}`, row),
  );
  return wanted.map(({ updateId, revisionNumber }) => {
    const id = updateId.toLowerCase();
    const row = found.get(`${keys.get(id)}.${revisionNumber}`);
    return (
      row && {
        updateId: id,
        revisionNumber,
        revisionId: Number(row[2]),
        location: { segment: Number(row[3]), position: Number(row[4]), length: Number(row[5]) },
      }
    );
  });
}

export function* declinedUpdates(sql: Sql, after: number, most: number): SqlSteps<DeclinedUpdate[]> {
  return (yield* sql.rows(
    `SELECT s.id, i.guid FROM software_update s JOIN identity i ON i.id = s.identity WHERE s.id > ? AND s.declined = 1
       ORDER BY s.id LIMIT ?`,
    [after, most],
  )).map(([ciId, guid]) => ({ ciId: Number(ciId), updateId: bytesToGuid(guid as Uint8Array) }));
}

export function* currentRevisions(
  sql: Sql,
  identities: Identities,
  updateIds: readonly string[],
): SqlSteps<UpdateIdentity[]> {
  const keys = yield* identities.findAll(updateIds.map((updateId) => updateId.toLowerCase()));
  const found = new Map<number, number>();
  yield* sql.eachRowIn(
    'SELECT identity, number FROM revision WHERE identity IN (#) AND latest = 1',
    [...new Set(keys.values())],
    ([key, number]) => found.set(Number(key), Number(number)),
  );
  return updateIds.flatMap((updateId) => {
    const id = updateId.toLowerCase();
    const revisionNumber = found.get(keys.get(id) ?? -1);
    return revisionNumber === undefined ? [] : [{ updateId: id, revisionNumber }];
  });
}
