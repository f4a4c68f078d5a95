import { KIND, RELATION } from '../rows.js';
import type { CatalogueRow } from '../rows.js';
import type { Row, Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';

/** Setting that remembers the highest revision id once the row with it was removed: an id is never given twice. */
export const HIGHEST_REVISION = 'store.highestRevision';

/** Gives the highest id that a revision ever had, 0 for none. */
export const HIGHEST_REVISION_ID =
  `SELECT greatest(coalesce((SELECT max(id) FROM revision), 0), coalesce((SELECT CAST(value AS BIGINT) ` +
  `FROM setting WHERE name = '${HIGHEST_REVISION}'), 0))`;

/** The highest id that a revision ever had, 0 for none. */
export function* highestRevision(sql: Sql): SqlSteps<number> {
  return Number((yield* sql.row(HIGHEST_REVISION_ID))?.[0]);
}

const COLUMNS = 'r.id, r.identity, i.guid, r.number, r.kind, r.expired, r.flags, r.title, r.category_type, r.created';
const IS_CATEGORY = `r.kind = ${KIND.category}`;
const DOCUMENTS = `SELECT ${COLUMNS} FROM revision r JOIN identity i ON i.id = r.identity
   WHERE ${IS_CATEGORY} AND r.latest = 1 AND r.category_type <> ''`;

export function* categoryDocuments(sql: Sql): SqlSteps<CatalogueRow[]> {
  const documents: CatalogueRow[] = [];
  const keys = new Map<number, number[]>();
  yield* eachDocument(sql, (row) => {
    const categoryKeys: number[] = [];
    keys.set(Number(row[0]), categoryKeys);
    documents.push(toCatalogueRow(row, categoryKeys));
  });
  // Taken as they are read: each of 50,000 can name many, and a row takes more memory than a number.
  yield* sql.eachRowIn(
    `SELECT revision, target FROM relation WHERE revision IN (#) AND kind = ${RELATION.category} ` +
      `ORDER BY revision, kind, clause, target`,
    [...keys.keys()],
    ([revision, target]) => keys.get(Number(revision))?.push(Number(target)),
  );
  return documents;
}

/** To find the few among all revisions takes long: only new ones are looked through again, whoever wrote them. */
function* eachDocument(sql: Sql, take: (row: Row) => void): SqlSteps<void> {
  while (!(yield* lookForCategories(sql)));
  yield* sql.eachRowIn(`${DOCUMENTS} AND r.id IN (#) ORDER BY r.id`, sql.categoryIds.ids, take);
}

/** False where one has to look again. */
function* lookForCategories(sql: Sql): SqlSteps<boolean> {
  const from = sql.categoryIds.upTo;
  const highest = Number((yield* sql.row('SELECT coalesce(max(id), 0) FROM revision'))?.[0]);
  const added: number[] = [];
  yield* sql.eachRow(`SELECT r.id FROM revision r WHERE ${IS_CATEGORY} AND r.id > ? ORDER BY r.id`, [from], ([id]) =>
    added.push(Number(id)),
  );
  return sql.categoryIds.note(added, { from, highest });
}

function toCatalogueRow(row: Row, categoryKeys: readonly number[]): CatalogueRow {
  const [revisionId, updateKey, guid, revisionNumber, kind, expired, flags, title, categoryType, created] = row;
  return {
    revisionId: Number(revisionId),
    updateKey: Number(updateKey),
    updateId: bytesToGuid(guid as Uint8Array),
    revisionNumber: Number(revisionNumber),
    kind: Number(kind),
    expired: expired === 1,
    flags: Number(flags),
    title: String(title),
    categoryType: String(categoryType),
    created: Number(created),
    categoryKeys,
  };
}
