import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { RELATION } from '../rows.js';
import { bytesToGuid } from './guidBytes.js';
import type { Identities } from './Identities.js';
import type { SqlConnection } from './SqlConnection.js';

const BUNDLED_BY = `relation n WHERE n.kind = ${RELATION.bundled} AND n.kind > 0`;

export function missingBundled(connection: SqlConnection, fromRevisionId: number): UpdateIdentity[] {
  const rows = connection.rows(
    `SELECT DISTINCT i.guid, b.number, b.target FROM relation b JOIN revision r ON r.id = b.revision JOIN ` +
      `identity i ON i.id = b.target
     WHERE b.revision >= ? AND b.kind = ${RELATION.bundled}
       AND NOT EXISTS (SELECT 1 FROM revision c WHERE c.identity = b.target AND c.number = b.number)
       AND (r.latest = 1 OR EXISTS (SELECT 1 FROM ${BUNDLED_BY} AND n.target = r.identity AND n.number = r.number))
     ORDER BY b.target, b.number`,
    [fromRevisionId],
  );
  return rows.map(([guid, number]) => ({ updateId: bytesToGuid(guid as Uint8Array), revisionNumber: Number(number) }));
}

export function unknownPrerequisites(connection: SqlConnection, fromRevisionId: number): string[] {
  const rows = connection.rows(
    `SELECT i.guid FROM identity i WHERE i.id IN (SELECT p.target FROM relation p WHERE p.revision >= ? AND ` +
      `p.kind = ${RELATION.prerequisite})
       AND NOT EXISTS (SELECT 1 FROM revision c WHERE c.identity = i.id) ORDER BY i.id`,
    [fromRevisionId],
  );
  return rows.map(([guid]) => bytesToGuid(guid as Uint8Array));
}

export function outdatedRevisions(
  connection: SqlConnection,
  identities: Identities,
  wanted: readonly UpdateIdentity[],
): UpdateIdentity[] {
  return wanted.filter(({ updateId, revisionNumber }) => {
    const key = identities.find(updateId);
    if (key === undefined) return false;
    const isNewerStored =
      connection.row('SELECT 1 FROM revision WHERE identity = ? AND number > ?', [key, revisionNumber]) !== undefined;
    const bundles =
      `SELECT 1 FROM ${BUNDLED_BY} AND n.target = ? AND n.number = ? AND EXISTS (SELECT 1 FROM ` +
      `revision r WHERE r.id = n.revision AND r.latest = 1)`;
    return isNewerStored && connection.row(bundles, [key, revisionNumber]) === undefined;
  });
}
