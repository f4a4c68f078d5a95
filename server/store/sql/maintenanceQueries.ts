import { sorted } from '../../criteria/collections.js';
import type { Naming, RevisionReference, Superseding } from '../../criteria/obsoleteRevisions.js';
import type { DocumentPlace, RevisionStanding } from '../MaintenanceReads.js';
import type { IdRange } from '../StoreInspection.js';
import { FLAG, KIND, RELATION } from '../rows.js';
import type { Row, Sql, SqlSteps } from './Sql.js';
import { targetsOf } from './packedPrerequisites.js';

const IS_UPDATE = `r.kind IN (${KIND.software}, ${KIND.driver})`;
const IS_UPDATE_AS_NUMBER = `CASE WHEN ${IS_UPDATE} THEN 1 ELSE 0 END`;
const IN_RANGE = 'r.id BETWEEN ? AND ?';

export function* declinedSince(sql: Sql, time: number): SqlSteps<number[]> {
  const keys: number[] = [];
  yield* sql.eachRow(
    'SELECT id, identity, modified FROM software_update WHERE removed = 1 AND declined = 1 AND id > ? ORDER BY id',
    [0],
    ([, key, modified]) => {
      if (Number(modified) <= time) keys.push(Number(key));
    },
  );
  return keys;
}

export function* oldRevisions(sql: Sql, range: IdRange, storedUntil: number): SqlSteps<RevisionReference[]> {
  return (yield* sql.rows(
    `SELECT r.id, r.identity, r.number FROM revision r WHERE ${IN_RANGE} AND r.latest = 0 AND r.stored <= ?
     AND NOT EXISTS(SELECT 1 FROM software_update s WHERE s.identity = r.identity AND s.revision = r.id)
     AND NOT EXISTS(SELECT 1 FROM category c WHERE c.identity = r.identity AND c.revision = r.id) ORDER BY r.id`,
    [range.from, range.to, storedUntil],
  )).map(toReference);
}

export function* unreferencedUpdates(sql: Sql, range: IdRange, storedUntil: number): SqlSteps<number[]> {
  return (yield* sql.rows(
    `SELECT r.identity FROM revision r WHERE ${IN_RANGE} AND r.latest = 1 AND r.stored <= ? AND (r.flags ` +
      `& ${FLAG.explicitlyDeployable}) = 0 AND ${IS_UPDATE}
     AND NOT EXISTS(SELECT 1 FROM software_update s WHERE s.identity = r.identity)
     AND NOT EXISTS(SELECT 1 FROM relation b WHERE b.target = r.identity AND b.kind = ${RELATION.bundled} AND ` +
      `b.kind > 0) ORDER BY r.id`,
    [range.from, range.to, storedUntil],
  )).map((row) => Number(row[0]));
}

export function* revisionsOf(sql: Sql, updateKeys: readonly number[]): SqlSteps<RevisionStanding[]> {
  const standings = yield* sql.madeIn(
    `SELECT r.id, r.identity, r.number, r.stored, r.flags, ${IS_UPDATE_AS_NUMBER} FROM revision r ` +
      `WHERE r.identity IN (#)`,
    updateKeys,
    (row) => ({
      ...toReference(row),
      stored: Number(row[3]),
      isDeployable: (Number(row[4]) & FLAG.explicitlyDeployable) !== 0,
      isUpdate: row[5] === 1,
    }),
  );
  return yield* sorted(standings, (a, b) => a.revisionId - b.revisionId);
}

export function* namingsOf(sql: Sql, updateKeys: readonly number[]): SqlSteps<Naming[]> {
  return yield* sql.madeIn(
    `SELECT b.revision, r.identity, b.target, b.number FROM relation b JOIN revision r ON r.id = b.revision
     WHERE b.target IN (#) AND b.kind IN (${RELATION.bundled}, ${RELATION.category}) AND b.kind > 0 ` +
      `ORDER BY b.target, b.revision, b.kind, b.clause`,
    updateKeys,
    toNaming,
  );
}

export function* prerequisites(sql: Sql, range: IdRange): SqlSteps<Naming[]> {
  const namings: Naming[] = [];
  for (const [revisionId, owner, packed] of yield* sql.rows(
    `SELECT id, identity, prerequisites FROM revision r WHERE ${IN_RANGE} AND prerequisites <> '' ORDER BY id`,
    [range.from, range.to],
  )) {
    for (const updateKey of yield* targetsOf(String(packed)))
      namings.push({ revisionId: Number(revisionId), owner: Number(owner), updateKey, revisionNumber: 0 });
    yield;
  }
  return namings;
}

export function* supersededBy(sql: Sql, updateKeys: readonly number[]): SqlSteps<Superseding[]> {
  return yield* sql.madeIn(
    `SELECT b.target, s.identity FROM software_update s JOIN relation b ON b.revision = s.revision AND b.kind ` +
      `= ${RELATION.superseded}
     WHERE s.identity IN (#) AND b.target <> s.identity AND EXISTS(SELECT 1 FROM software_update v WHERE ` +
      `v.identity = b.target) ORDER BY b.target, s.identity`,
    updateKeys,
    (row) => ({ update: Number(row[0]), by: Number(row[1]) }),
  );
}

export function* documentsIn(sql: Sql, range: IdRange): SqlSteps<DocumentPlace[]> {
  return (yield* sql.rows(
    `SELECT r.id, ${IS_UPDATE_AS_NUMBER}, r.segment, r.position, r.length FROM revision r ` +
      `WHERE ${IN_RANGE} ORDER BY r.id`,
    [range.from, range.to],
  )).map((row) => ({
    revisionId: Number(row[0]),
    isConfiguration: row[1] === 0,
    location: { segment: Number(row[2]), position: Number(row[3]), length: Number(row[4]) },
  }));
}

function toReference(row: Row): RevisionReference {
  return { revisionId: Number(row[0]), updateKey: Number(row[1]), revisionNumber: Number(row[2]) };
}

function toNaming(row: Row): Naming {
  return {
    revisionId: Number(row[0]),
    owner: Number(row[1]),
    updateKey: Number(row[2]),
    revisionNumber: Number(row[3]),
  };
}
