import type { DanglingReferences, IdRange, SegmentUse, StoredDocument } from '../StoreInspection.js';
import type { Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';
import { eachPrerequisites } from './prerequisitePages.js';

export function* storedDocuments(sql: Sql, afterRevisionId: number, limit: number): SqlSteps<StoredDocument[]> {
  const rows = yield* sql.rows(
    `SELECT r.id, i.guid, r.number, r.segment, r.position, r.length FROM revision r LEFT JOIN identity i ON i.id ` +
      `= r.identity
     WHERE r.id > ? ORDER BY r.id LIMIT ?`,
    [afterRevisionId, limit],
  );
  return rows.map(([id, guid, number, segment, position, length]) => ({
    revisionId: Number(id),
    updateId: guid instanceof Uint8Array ? bytesToGuid(guid) : '',
    revisionNumber: Number(number),
    location: { segment: Number(segment), position: Number(position), length: Number(length) },
  }));
}

export function* segmentUse(sql: Sql, range: IdRange): SqlSteps<SegmentUse[]> {
  const rows = yield* sql.rows(
    'SELECT segment, sum(length), count(*), max(position + length) FROM revision WHERE id BETWEEN ? AND ? GROUP ' +
      'BY segment ORDER BY segment',
    [range.from, range.to],
  );
  return rows.map(([segment, bytes, documents, end]) => ({
    segment: Number(segment),
    bytes: Number(bytes),
    documents: Number(documents),
    end: Number(end),
  }));
}

const NO_IDENTITY = 'NOT EXISTS(SELECT 1 FROM identity i WHERE i.id =';
const NO_REVISION = 'NOT EXISTS(SELECT 1 FROM revision r WHERE r.id =';

/** By what the range of ids is of. */
const DANGLING = {
  revision: [
    [
      'revisions without an update id',
      `SELECT count(*) FROM revision v WHERE v.id BETWEEN ? AND ? AND ${NO_IDENTITY} v.identity)`,
    ],
    [
      'relations without a revision',
      `SELECT count(*) FROM relation v WHERE v.revision BETWEEN ? AND ? AND ${NO_REVISION} v.revision)`,
    ],
    [
      'relations to no update id',
      `SELECT count(*) FROM relation v WHERE v.revision BETWEEN ? AND ? AND ${NO_IDENTITY} v.target)`,
    ],
  ],
  softwareUpdate: [
    [
      'software updates without a revision',
      `SELECT count(*) FROM software_update v WHERE v.id BETWEEN ? AND ? AND v.removed = 0 AND ${NO_REVISION} ` +
        `v.revision)`,
    ],
    [
      'software updates without an update id',
      `SELECT count(*) FROM software_update v WHERE v.id BETWEEN ? AND ? AND ${NO_IDENTITY} v.identity)`,
    ],
  ],
  category: [
    [
      'categories without a revision',
      `SELECT count(*) FROM category v WHERE v.id BETWEEN ? AND ? AND ${NO_REVISION} v.revision)`,
    ],
    [
      'categories without an update id',
      `SELECT count(*) FROM category v WHERE v.id BETWEEN ? AND ? AND ${NO_IDENTITY} v.identity)`,
    ],
  ],
} as const;

export function* danglingReferences(
  sql: Sql,
  of: keyof typeof DANGLING,
  range: IdRange,
): SqlSteps<DanglingReferences[]> {
  const found = yield* danglingRows(sql, of, range);
  return of === 'revision' ? [...found, ...(yield* danglingInRows(sql, range))] : found;
}

/** The same in tables of any format: it does not look at what a row of a revision says since format 9. */
export function* danglingRows(sql: Sql, of: keyof typeof DANGLING, range: IdRange): SqlSteps<DanglingReferences[]> {
  const found: DanglingReferences[] = [];
  for (const [what, text] of DANGLING[of]) {
    const count = Number((yield* sql.row(text, [range.from, range.to]))?.[0]);
    if (count > 0) found.push({ what, count });
    yield;
  }
  return found;
}

const NO_DESCRIPTION =
  `SELECT count(*) FROM revision v WHERE v.id BETWEEN ? AND ? AND v.description_id > 0 AND NOT EXISTS(SELECT 1 ` +
  `FROM description d WHERE d.id = v.description_id)`;

function* danglingInRows(sql: Sql, range: IdRange): SqlSteps<DanglingReferences[]> {
  const descriptions = Number((yield* sql.row(NO_DESCRIPTION, [range.from, range.to]))?.[0]);
  const prerequisites = yield* danglingPrerequisites(sql, range);
  return [
    { what: 'revisions without their description', count: descriptions },
    { what: 'prerequisites that are no update id', count: prerequisites },
  ].filter(({ count }) => count > 0);
}

function* danglingPrerequisites(sql: Sql, range: IdRange): SqlSteps<number> {
  const named = new Map<number, number>();
  yield* eachPrerequisites(sql, range, function* (page) {
    for (const targets of page) {
      for (const target of targets) named.set(target, (named.get(target) ?? 0) + 1);
      yield;
    }
  });
  yield* sql.eachRowIn('SELECT id FROM identity WHERE id IN (#)', [...named.keys()], ([id]) =>
    named.delete(Number(id)),
  );
  return [...named.values()].reduce((sum, count) => sum + count, 0);
}
