import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import { RELATION } from '../rows.js';
import { bytesToGuid } from './Identities.js';
import type { Identities } from './Identities.js';
import type { SqlConnection } from './SqlConnection.js';

const BUNDLED_BY = `relation n WHERE n.kind = ${RELATION.bundled} AND n.kind > 0`;
const STORED = 'SELECT 1 FROM revision c WHERE c.identity = ?';
const IN_USE =
  `SELECT 1 FROM revision r WHERE r.id = ? AND (r.latest = 1 OR EXISTS (SELECT 1 FROM ${BUNDLED_BY} AND n.target = ` +
  `r.identity AND n.number = r.number))`;

export function* missingBundled(connection: SqlConnection, fromRevisionId: number): Steps<UpdateIdentity[]> {
  const missing = new Map<string, readonly [target: number, number: number]>();
  yield* eachRelation(connection, { kind: RELATION.bundled, fromRevisionId }, (revision, target, number) => {
    const key = `${target}.${number}`;
    if (missing.has(key) || connection.row(`${STORED} AND c.number = ?`, [target, number]) !== undefined) return;
    if (connection.row(IN_USE, [revision]) !== undefined) missing.set(key, [target, number]);
  });
  return [...missing.values()]
    .sort(([one, first], [other, second]) => one - other || first - second)
    .map(([target, revisionNumber]) => ({ updateId: idOf(connection, target), revisionNumber }));
}

export function* unknownPrerequisites(connection: SqlConnection, fromRevisionId: number): Steps<string[]> {
  const known = new Map<number, boolean>();
  yield* eachRelation(connection, { kind: RELATION.prerequisite, fromRevisionId }, (_revision, target) => {
    if (!known.has(target)) known.set(target, connection.row(STORED, [target]) !== undefined);
  });
  const unknown = [...known].filter(([, isKnown]) => !isKnown).map(([target]) => target);
  return unknown.sort((a, b) => a - b).map((target) => idOf(connection, target));
}

export function* outdatedRevisions(
  connection: SqlConnection,
  identities: Identities,
  wanted: readonly UpdateIdentity[],
): Steps<UpdateIdentity[]> {
  const bundles =
    `SELECT 1 FROM ${BUNDLED_BY} AND n.target = ? AND n.number = ? AND EXISTS (SELECT 1 FROM ` +
    `revision r WHERE r.id = n.revision AND r.latest = 1)`;
  const outdated: UpdateIdentity[] = [];
  for (const identity of wanted) {
    const { updateId, revisionNumber } = identity;
    const key = identities.find(updateId);
    const isOutdated =
      key !== undefined &&
      connection.row(`${STORED} AND c.number > ?`, [key, revisionNumber]) !== undefined &&
      connection.row(bundles, [key, revisionNumber]) === undefined;
    if (isOutdated) outdated.push(identity);
    yield;
  }
  return outdated;
}

/** Gives the relations of one kind, of all revisions from an id on, to `take`. */
function* eachRelation(
  connection: SqlConnection,
  { kind, fromRevisionId }: { kind: number; fromRevisionId: number },
  take: (revision: number, target: number, number: number) => void,
): Steps<void> {
  yield* connection.eachRow(
    `SELECT b.revision, b.kind, b.clause, b.target, b.number FROM relation b WHERE b.kind = ${kind}
     AND (b.revision, b.kind, b.clause, b.target) > (?, ?, ?, ?) ORDER BY b.revision, b.kind, b.clause, b.target`,
    [fromRevisionId, -1, -1, -1],
    ([revision, , , target, number]) => take(Number(revision), Number(target), Number(number)),
  );
}

function idOf(connection: SqlConnection, key: number): string {
  return bytesToGuid(connection.row('SELECT guid FROM identity WHERE id = ?', [key])?.[0] as Uint8Array);
}
