import { sorted } from '../../criteria/collections.js';
import type { BundleMember, CandidateRevision } from '../../criteria/CandidateRevision.js';
import type { Holding, SupersedenceEdge } from '../../criteria/UpdateEvaluation.js';
import type { RevisionName, SupersededQuery, SupersededUpdate } from '../SiteDatabase.js';
import { FLAG, KIND, RELATION } from '../rows.js';
import { PAGE } from './Sql.js';
import type { Row, Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';

const UPDATES = `kind IN (${KIND.software}, ${KIND.driver})`;

export function* latestRevisions(sql: Sql, updateKeys?: readonly number[]): SqlSteps<number[]> {
  const ids: number[] = [];
  const take = (row: Row): number => ids.push(Number(row[0]));
  const latest = `SELECT id FROM revision WHERE latest = 1 AND ${UPDATES}`;
  if (updateKeys !== undefined) yield* sql.eachRowIn(`${latest} AND identity IN (#)`, updateKeys, take);
  else yield* sql.eachRow(`${latest} AND id > ? ORDER BY id`, [0], take);
  return yield* sorted(ids, (a, b) => a - b);
}

/** Revisions whose relations are read before they become candidates, which take less memory. */
const CANDIDATES = 1000;

export function* candidates(sql: Sql, revisionIds: readonly number[]): SqlSteps<CandidateRevision[]> {
  const found: CandidateRevision[] = [];
  for (let at = 0; at < revisionIds.length; at += CANDIDATES) {
    const some = revisionIds.slice(at, at + CANDIDATES);
    const relations = yield* relationsOf(sql, some);
    yield* sql.eachRowIn(
      `SELECT id, identity, number, expired, flags, first_created FROM revision WHERE id IN (#) AND ${UPDATES} ` +
        `ORDER BY id`,
      some,
      (row) => found.push(toCandidate(row, relations.get(Number(row[0])) ?? noRelations())),
    );
  }
  return found;
}

interface Relations {
  readonly categoryKeys: number[];
  readonly members: BundleMember[];
  readonly supersedes: number[];
}

function noRelations(): Relations {
  return { categoryKeys: [], members: [], supersedes: [] };
}

function* relationsOf(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, Relations>> {
  const relations = new Map<number, Relations>();
  yield* sql.eachRowIn(
    `SELECT b.revision, b.kind, b.target, m.id FROM relation b LEFT JOIN revision m ON b.kind ` +
      `= ${RELATION.bundled} AND m.identity = b.target AND m.number = b.number
     WHERE b.revision IN (#) AND b.kind > 0 ORDER BY b.revision, b.kind, b.clause, b.target`,
    revisionIds,
    ([revision, kind, target, member]) => {
      const known = relations.get(Number(revision));
      const entry = known ?? noRelations();
      if (known === undefined) relations.set(Number(revision), entry);
      if (kind === RELATION.category) entry.categoryKeys.push(Number(target));
      else if (kind === RELATION.superseded) entry.supersedes.push(Number(target));
      else if (kind === RELATION.bundled)
        entry.members.push({ updateKey: Number(target), revisionId: member === null ? undefined : Number(member) });
    },
  );
  return relations;
}

function toCandidate(row: Row, { categoryKeys, members, supersedes }: Relations): CandidateRevision {
  const [revisionId, updateKey, revisionNumber, expired, flags, firstCreated] = row;
  // Written out, and lists copied: a spread object takes a further one, and a list that grew has room for 17.
  return {
    updateKey: Number(updateKey),
    revisionId: Number(revisionId),
    revisionNumber: Number(revisionNumber),
    isExpired: expired === 1,
    isDeployable: (Number(flags) & FLAG.explicitlyDeployable) !== 0,
    firstCreated: Number(firstCreated),
    categoryKeys: categoryKeys.slice(),
    members: members.slice(),
    supersedes: supersedes.slice(),
  };
}

export function* changedUpdates(sql: Sql, fromRevisionId: number): SqlSteps<number[]> {
  const keys = new Set<number>();
  yield* sql.eachRow(
    `SELECT id, identity FROM revision WHERE ${UPDATES} AND id > ? ORDER BY id`,
    [fromRevisionId - 1],
    ([, key]) => keys.add(Number(key)),
  );
  return [...keys];
}

export function* namedUpdates(
  sql: Sql,
  updateKeys: readonly number[],
  relation: 'bundled' | 'superseded',
): SqlSteps<number[]> {
  const keys = new Set<number>();
  yield* sql.eachRowIn(
    `SELECT DISTINCT b.target FROM revision r JOIN relation b ON b.revision = r.id AND b.kind ` +
      `= ${RELATION[relation]} WHERE r.identity IN (#)`,
    updateKeys,
    ([key]) => keys.add(Number(key)),
  );
  return yield* sorted(keys, (a, b) => a - b);
}

export function* bundlesOf(sql: Sql, updateKeys: readonly number[]): SqlSteps<number[]> {
  const keys = new Set<number>();
  yield* sql.eachRowIn(
    `SELECT DISTINCT r.identity FROM relation b JOIN revision r ON r.id = b.revision WHERE b.target IN (#) AND ` +
      `b.kind = ${RELATION.bundled} AND b.kind > 0`,
    updateKeys,
    ([key]) => keys.add(Number(key)),
  );
  return yield* sorted(keys, (a, b) => a - b);
}

export function* holdings(sql: Sql, updateKeys: readonly number[]): SqlSteps<Holding[]> {
  return yield* sql.madeIn(
    `SELECT b.target, m.id, s.identity FROM relation b JOIN software_update s ON s.revision = b.revision JOIN ` +
      `revision m ON m.identity = b.target AND m.number = b.number
     WHERE b.target IN (#) AND b.kind = ${RELATION.bundled} AND b.kind > 0`,
    updateKeys,
    ([child, revisionId, holder]) => ({
      child: Number(child),
      revisionId: Number(revisionId),
      holder: Number(holder),
    }),
  );
}

export function* supersedence(sql: Sql, updateKeys: readonly number[]): SqlSteps<SupersedenceEdge[]> {
  return yield* sql.madeIn(
    `SELECT b.target, s.identity, r.first_created FROM relation b JOIN software_update s ON s.revision = ` +
      `b.revision JOIN revision r ON r.id = s.revision
     WHERE b.target IN (#) AND b.kind = ${RELATION.superseded} AND b.kind > 0`,
    updateKeys,
    ([update, by, firstCreated]) => ({
      update: Number(update),
      by: Number(by),
      firstCreated: Number(firstCreated),
    }),
  );
}

export function* supersededUpdates(
  sql: Sql,
  { until, upgradesKey = -1, definitionUpdatesKey = -1 }: SupersededQuery,
): SqlSteps<SupersededUpdate[]> {
  const found: SupersededUpdate[] = [];
  for (let after: Row | undefined = [0, 0]; after !== undefined;) {
    const page: Row[] = yield* sql.rows(
      `SELECT superseded_since, id, identity, ${isOfCategory('upgrade')} FROM software_update s ` +
        'WHERE superseded_since > 0 AND superseded_since <= ? AND expired = 0 AND hidden = 0 ' +
        `AND (superseded_since, id) > (?, ?) AND ${isOfCategory('definition')} = 0 ` +
        `ORDER BY superseded_since, id LIMIT ${PAGE}`,
      [upgradesKey, until, ...after, definitionUpdatesKey],
    );
    for (const [since, , key, isUpgrade] of page)
      found.push({ updateKey: Number(key), since: Number(since), categoryKeys: isUpgrade === 1 ? [upgradesKey] : [] });
    after = page.length < PAGE ? undefined : page.at(-1)?.slice(0, 2);
    yield;
  }
  return found;
}

/** 1 where the revision of a software update (`s`) names the category that is bound, 0 where it does not. */
function isOfCategory(alias: string): string {
  const relation = `relation ${alias} WHERE ${alias}.revision = s.revision AND ${alias}.kind = ${RELATION.category}`;
  return `CASE WHEN EXISTS(SELECT 1 FROM ${relation} AND ${alias}.target = ?) THEN 1 ELSE 0 END`;
}

export function* names(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, RevisionName>> {
  const rows = yield* sql.rowsIn(
    'SELECT r.id, i.guid, r.title FROM revision r JOIN identity i ON i.id = r.identity WHERE r.id IN (#) ORDER BY r.id',
    revisionIds,
  );
  return new Map(
    rows.map(([id, guid, title]) => [Number(id), { updateId: bytesToGuid(guid as Uint8Array), title: String(title) }]),
  );
}
