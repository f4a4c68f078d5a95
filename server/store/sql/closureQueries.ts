import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { RELATION } from '../rows.js';
import { bytesToGuid, type Identities, revisionsOf } from './Identities.js';
import { PAGE } from './Sql.js';
import type { Row, Sql, SqlSteps, Value } from './Sql.js';
import { eachPrerequisites } from './prerequisitePages.js';

const BUNDLED_BY = `relation n WHERE n.kind = ${RELATION.bundled} AND n.kind > 0`;
const IN_USE =
  `SELECT 1 FROM revision r WHERE r.id = ? AND (r.latest = 1 OR EXISTS (SELECT 1 FROM ${BUNDLED_BY} AND n.target = ` +
  `r.identity AND n.number = r.number))`;
const HELD_BY_CURRENT =
  `SELECT 1 FROM ${BUNDLED_BY} AND n.target = ? AND n.number = ? AND EXISTS (SELECT 1 FROM revision r WHERE ` +
  `r.id = n.revision AND r.latest = 1)`;

export function* missingBundled(sql: Sql, fromRevisionId: number): SqlSteps<UpdateIdentity[]> {
  const missing = new Map<string, readonly [target: number, number: number]>();
  yield* eachPage(sql, fromRevisionId, function* (page) {
    const stored = yield* revisionsOf(sql, 'revision', new Set(page.map(({ target }) => target)));
    for (const { revision, target, number } of page) {
      const key = `${target}.${number}`;
      if (missing.has(key) || stored.has(key)) continue;
      if ((yield* sql.row(IN_USE, [revision])) !== undefined) missing.set(key, [target, number]);
    }
  });
  const wanted = [...missing.values()].sort(([one, first], [other, second]) => one - other || first - second);
  const ids = yield* idsOf(
    sql,
    wanted.map(([target]) => target),
  );
  return wanted.map(([target, revisionNumber]) => ({ updateId: ids.get(target) ?? '', revisionNumber }));
}

export function* unknownPrerequisites(sql: Sql, fromRevisionId: number): SqlSteps<string[]> {
  const known = new Map<number, boolean>();
  yield* eachPrerequisites(sql, { from: fromRevisionId, to: Number.MAX_SAFE_INTEGER }, function* (page) {
    const fresh = new Set<number>();
    for (const targets of page) {
      for (const target of targets) if (!known.has(target)) fresh.add(target);
      yield;
    }
    for (const target of fresh) known.set(target, false);
    yield* sql.eachRowIn('SELECT DISTINCT identity FROM revision WHERE identity IN (#)', [...fresh], ([target]) =>
      known.set(Number(target), true),
    );
  });
  const unknown = [...known].filter(([, isKnown]) => !isKnown).map(([target]) => target);
  const ids = yield* idsOf(
    sql,
    unknown.sort((a, b) => a - b),
  );
  return unknown.map((target) => ids.get(target) ?? '');
}

export function* outdatedRevisions(
  sql: Sql,
  identities: Identities,
  wanted: readonly UpdateIdentity[],
): SqlSteps<UpdateIdentity[]> {
  const keys = yield* identities.findAll(wanted.map(({ updateId }) => updateId));
  const highest = new Map<number, number>();
  yield* sql.eachRowIn(
    'SELECT identity, max(number) FROM revision WHERE identity IN (#) GROUP BY identity',
    [...new Set(keys.values())],
    ([key, number]) => highest.set(Number(key), Number(number)),
  );
  const outdated: UpdateIdentity[] = [];
  for (const identity of wanted) {
    const key = keys.get(identity.updateId);
    const isOutdated =
      key !== undefined &&
      (highest.get(key) ?? 0) > identity.revisionNumber &&
      (yield* sql.row(HELD_BY_CURRENT, [key, identity.revisionNumber])) === undefined;
    if (isOutdated) outdated.push(identity);
    yield;
  }
  return outdated;
}

/** Of a bundle to a revision that it holds, as a page of them is read. */
interface ReadRelation {
  readonly revision: number;
  readonly target: number;
  readonly number: number;
}

/** Gives the relations of bundles to what they hold, of all revisions from an id on, to `take`, page after page. */
function* eachPage(
  sql: Sql,
  fromRevisionId: number,
  take: (page: readonly ReadRelation[]) => SqlSteps<void>,
): SqlSteps<void> {
  for (let after: readonly Value[] = [fromRevisionId, -1, -1, -1]; ;) {
    const page: Row[] = yield* sql.rows(
      `SELECT b.revision, b.kind, b.clause, b.target, b.number FROM relation b WHERE b.kind = ${RELATION.bundled}
       AND (b.revision, b.kind, b.clause, b.target) > (?, ?, ?, ?)
       ORDER BY b.revision, b.kind, b.clause, b.target LIMIT ${PAGE}`,
      after,
    );
    yield* take(
      page.map(([revision, , , target, number]) => ({
        revision: Number(revision),
        target: Number(target),
        number: Number(number),
      })),
    );
    yield;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last.slice(0, 4);
  }
}

function* idsOf(sql: Sql, keys: readonly number[]): SqlSteps<ReadonlyMap<number, string>> {
  const rows = yield* sql.rowsIn('SELECT id, guid FROM identity WHERE id IN (#)', keys);
  return new Map(rows.map(([key, guid]) => [Number(key), bytesToGuid(guid as Uint8Array)]));
}
