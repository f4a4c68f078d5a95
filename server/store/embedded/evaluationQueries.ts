import type { BundleMember, CandidateRevision, Holding, SupersedenceEdge } from '../../criteria/UpdateEvaluation.js';
import { FLAG, KIND, RELATION } from '../rows.js';
import type { RevisionName, SupersededUpdate } from '../SiteDatabase.js';
import { bytesToGuid } from './guidBytes.js';
import type { Row, SqlConnection } from './SqlConnection.js';

const UPDATES = `kind IN (${KIND.software}, ${KIND.driver})`;

export function latestRevisions(connection: SqlConnection, updateKeys?: readonly number[]): number[] {
  const rows =
    updateKeys === undefined
      ? connection.rows(`SELECT id FROM revision WHERE latest = 1 AND ${UPDATES} ORDER BY id`)
      : connection.rowsIn(`SELECT id FROM revision WHERE identity IN (#) AND latest = 1 AND ${UPDATES}`, updateKeys);
  return numbersOf(rows).sort((a, b) => a - b);
}

export function candidates(connection: SqlConnection, revisionIds: readonly number[]): CandidateRevision[] {
  const relations = relationsOf(connection, revisionIds);
  return connection
    .rowsIn(
      `SELECT id, identity, number, expired, flags, first_created FROM revision WHERE id IN (#) AND ${UPDATES}`,
      revisionIds,
    )
    .map((row) => toCandidate(row, relations.get(Number(row[0])) ?? noRelations()));
}

interface Relations {
  readonly categoryKeys: number[];
  readonly members: BundleMember[];
  readonly supersedes: number[];
}

function noRelations(): Relations {
  return { categoryKeys: [], members: [], supersedes: [] };
}

function relationsOf(connection: SqlConnection, revisionIds: readonly number[]): ReadonlyMap<number, Relations> {
  const relations = new Map<number, Relations>();
  for (const [revision, kind, target, member] of connection.rowsIn(
    `SELECT b.revision, b.kind, b.target, m.id FROM relation b LEFT JOIN revision m ON b.kind ` +
      `= ${RELATION.bundled} AND m.identity = b.target AND m.number = b.number
     WHERE b.revision IN (#) AND b.kind > 0`,
    revisionIds,
  )) {
    const known = relations.get(Number(revision));
    const entry = known ?? noRelations();
    if (known === undefined) relations.set(Number(revision), entry);
    if (kind === RELATION.category) entry.categoryKeys.push(Number(target));
    else if (kind === RELATION.superseded) entry.supersedes.push(Number(target));
    else if (kind === RELATION.bundled)
      entry.members.push({ updateKey: Number(target), revisionId: member === null ? undefined : Number(member) });
  }
  return relations;
}

function toCandidate(row: Row, relations: Relations): CandidateRevision {
  const [revisionId, updateKey, revisionNumber, expired, flags, firstCreated] = row;
  return {
    updateKey: Number(updateKey),
    revisionId: Number(revisionId),
    revisionNumber: Number(revisionNumber),
    isExpired: expired === 1,
    isDeployable: (Number(flags) & FLAG.explicitlyDeployable) !== 0,
    firstCreated: Number(firstCreated),
    ...relations,
  };
}

export function changedUpdates(connection: SqlConnection, fromRevisionId: number): number[] {
  return numbersOf(
    connection.rows(`SELECT DISTINCT identity FROM revision WHERE id >= ? AND ${UPDATES}`, [fromRevisionId]),
  );
}

export function namedUpdates(
  connection: SqlConnection,
  updateKeys: readonly number[],
  relation: 'bundled' | 'superseded',
): number[] {
  const rows = connection.rowsIn(
    `SELECT DISTINCT b.target FROM revision r JOIN relation b ON b.revision = r.id AND b.kind ` +
      `= ${RELATION[relation]} WHERE r.identity IN (#)`,
    updateKeys,
  );
  return [...new Set(numbersOf(rows))];
}

export function bundlesOf(connection: SqlConnection, updateKeys: readonly number[]): number[] {
  const rows = connection.rowsIn(
    `SELECT DISTINCT r.identity FROM relation b JOIN revision r ON r.id = b.revision WHERE b.target IN (#) AND ` +
      `b.kind = ${RELATION.bundled} AND b.kind > 0`,
    updateKeys,
  );
  return [...new Set(numbersOf(rows))];
}

export function holdings(connection: SqlConnection, updateKeys: readonly number[]): Holding[] {
  return connection
    .rowsIn(
      `SELECT b.target, m.id, s.identity FROM relation b JOIN software_update s ON s.revision = b.revision JOIN ` +
        `revision m ON m.identity = b.target AND m.number = b.number
     WHERE b.target IN (#) AND b.kind = ${RELATION.bundled} AND b.kind > 0`,
      updateKeys,
    )
    .map(([child, revisionId, holder]) => ({
      child: Number(child),
      revisionId: Number(revisionId),
      holder: Number(holder),
    }));
}

export function supersedence(connection: SqlConnection, updateKeys: readonly number[]): SupersedenceEdge[] {
  return connection
    .rowsIn(
      `SELECT b.target, s.identity, r.first_created FROM relation b JOIN software_update s ON s.revision = ` +
        `b.revision JOIN revision r ON r.id = s.revision
     WHERE b.target IN (#) AND b.kind = ${RELATION.superseded} AND b.kind > 0`,
      updateKeys,
    )
    .map(([update, by, firstCreated]) => ({
      update: Number(update),
      by: Number(by),
      firstCreated: Number(firstCreated),
    }));
}

export function supersededUpdates(connection: SqlConnection, categoryKeys: readonly number[]): SupersededUpdate[] {
  const keys = new Map(
    connection
      .rows(
        'SELECT identity, superseded_since FROM software_update WHERE superseded_since > 0 AND expired = 0 AND ' +
          'hidden = 0 ORDER BY id',
      )
      .map(([updateKey, since]) => [
        Number(updateKey),
        { updateKey: Number(updateKey), since: Number(since), categoryKeys: [] as number[] },
      ]),
  );
  for (const category of categoryKeys) {
    const naming = connection.rows(
      `SELECT s.identity FROM software_update s JOIN relation c ON c.revision = s.revision AND c.kind ` +
        `= ${RELATION.category} AND c.target = ?
       WHERE s.superseded_since > 0 AND s.expired = 0 AND s.hidden = 0`,
      [category],
    );
    for (const updateKey of numbersOf(naming)) keys.get(updateKey)?.categoryKeys.push(category);
  }
  return [...keys.values()];
}

export function names(connection: SqlConnection, revisionIds: readonly number[]): Map<number, RevisionName> {
  const rows = connection.rowsIn(
    'SELECT r.id, i.guid, r.title FROM revision r JOIN identity i ON i.id = r.identity WHERE r.id IN (#)',
    revisionIds,
  );
  return new Map(
    rows.map(([id, guid, title]) => [Number(id), { updateId: bytesToGuid(guid as Uint8Array), title: String(title) }]),
  );
}

function numbersOf(rows: readonly Row[]): number[] {
  return rows.map((row) => Number(row[0]));
}
