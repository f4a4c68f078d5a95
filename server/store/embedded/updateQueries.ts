import { RELATION, type RelatedIds, type UpdateRow } from '../rows.js';
import type { UpdateQuery } from '../UpdateQuery.js';
import { bytesToGuid } from './guidBytes.js';
import type { Row, SqlConnection } from './SqlConnection.js';
import type { Value } from './statements.js';

const COLUMNS =
  `s.id, s.identity, s.revision, s.version, s.expired, s.superseded, s.hidden, s.bundle, s.created, ` +
  `s.modified, s.max_execution,
  i.guid, r.number, r.first_created, r.flags, r.title, r.description, r.language, r.article, r.bulletin, ` +
  `r.severity, r.created, r.size, r.url, r.locales, r.eula,
  r.segment, r.position, r.length, s.standing, s.reason, s.expired_since, s.superseded_since, s.removed, ` +
  `s.declined, s.custom_severity`;

/** Conditions of a query and what is bound to them. */
class Conditions {
  readonly texts: string[] = [];
  readonly values: Value[] = [];

  add(text: string, ...values: Value[]): void {
    this.texts.push(text);
    this.values.push(...values);
  }

  /** Equal, or like a pattern where the text has wildcards and they count. */
  match(column: string, text: string | undefined, wildcard: boolean): void {
    if (text === undefined) return;
    if (wildcard && /[*?]/.test(text)) this.add(`${column} LIKE ? ESCAPE '\\'`, toLike(text));
    else this.add(`${column} = ? COLLATE NOCASE`, text);
  }

  compare(text: string, value: number | boolean | undefined): void {
    if (value !== undefined) this.add(text, Number(value));
  }
}

/** Software updates that meet every condition, by ci id or newest first. */
export function queryUpdates(connection: SqlConnection, query: UpdateQuery): UpdateRow[] {
  const where = conditionsOf(query);
  const order = query.newestFirst === true ? 'r.first_created DESC, s.id DESC' : 's.id';
  const rows = connection.rows(
    `SELECT ${COLUMNS} FROM software_update s JOIN revision r ON r.id = s.revision JOIN identity i ON i.id = s.identity
     WHERE ${where.texts.join(' AND ')} ORDER BY ${order} LIMIT ?`,
    [...where.values, query.limit ?? -1],
  );
  return rows.map(toUpdateRow);
}

function conditionsOf(query: UpdateQuery): Conditions {
  const where = new Conditions();
  where.add('s.hidden = 0 AND s.removed = 0');
  if (query.ciId !== undefined) where.add('s.id = ?', query.ciId);
  if (query.ciIds !== undefined) where.add(`s.id IN (${query.ciIds.map(() => '?').join(', ')})`, ...query.ciIds);
  if (query.articleId !== undefined && !(query.wildcard && /[*?]/.test(query.articleId)))
    where.add('r.article = ?', query.articleId);
  else where.match('r.article', query.articleId, query.wildcard);
  where.match('r.bulletin', query.bulletinId, query.wildcard);
  where.match('r.title', query.name, query.wildcard);
  where.compare('r.first_created >= ?', query.postedFrom);
  where.compare('r.first_created <= ?', query.postedTo);
  where.compare('r.created >= ?', query.revisedFrom);
  where.compare('r.created <= ?', query.revisedTo);
  where.compare("(r.eula <> '') = ?", query.eulaExists);
  where.compare('s.expired = ?', query.isExpired);
  where.compare('s.superseded = ?', query.isSuperseded);
  where.compare('r.severity = ?', query.severity);
  where.compare('s.id > ?', query.after);
  addCategories(where, query);
  return where;
}

function addCategories(where: Conditions, query: UpdateQuery): void {
  const list = (keys: readonly number[]): string => keys.map(() => '?').join(', ');
  for (const keys of query.categoryKeys ?? []) {
    where.add(
      `EXISTS(SELECT 1 FROM relation c WHERE c.revision = s.revision AND c.kind = ${RELATION.category} AND ` +
        `c.target IN (${list(keys)}))`,
      ...keys,
    );
  }
  const without = query.withoutCategoryKeys ?? [];
  if (without.length === 0) return;
  where.add(
    `NOT EXISTS(SELECT 1 FROM relation c WHERE c.revision = s.revision AND c.kind = ${RELATION.category} AND ` +
      `c.target IN (${list(without)}))`,
    ...without,
  );
}

/** `*` and `?` of PowerShell as LIKE, whose own signs are escaped. */
function toLike(pattern: string): string {
  return pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}

function toUpdateRow(row: Row): UpdateRow {
  const number = (index: number): number => Number(row[index]);
  const text = (index: number): string => String(row[index]);
  return {
    ciId: number(0),
    updateKey: number(1),
    revisionId: number(2),
    ciVersion: number(3),
    isExpired: row[4] === 1,
    isSuperseded: row[5] === 1,
    isHidden: row[6] === 1,
    isBundle: row[7] === 1,
    created: number(8),
    modified: number(9),
    maxExecutionSeconds: number(10),
    updateId: bytesToGuid(row[11] as Uint8Array),
    revisionNumber: number(12),
    firstCreated: number(13),
    flags: number(14),
    title: text(15),
    description: text(16),
    language: text(17),
    articleId: text(18),
    bulletinId: text(19),
    severity: number(20),
    revised: number(21),
    size: number(22),
    url: text(23),
    locales: text(24),
    eulaId: text(25),
    location: { segment: number(26), position: number(27), length: number(28) },
    standing: number(29),
    expiryReason: number(30),
    expiredSince: number(31),
    supersededSince: number(32),
    isRemoved: row[33] === 1,
    isDeclined: row[34] === 1,
    customSeverity: number(35),
  };
}

/**
 * Ids around each revision: its categories, what it supersedes and bundles, and the stored updates that supersede it.
 */
export function relatedIds(connection: SqlConnection, revisionIds: readonly number[]): Map<number, RelatedIds> {
  const related = new Map(
    revisionIds.map((id) => [
      id,
      { categories: [] as string[], supersedes: [] as string[], supersededBy: [] as string[], bundles: [] as string[] },
    ]),
  );
  const named = connection.rowsIn(
    'SELECT r.revision, r.kind, i.guid FROM relation r JOIN identity i ON i.id = r.target WHERE r.revision IN (#) ' +
      'AND r.kind > 0',
    revisionIds,
  );
  for (const [revision, kind, guid] of named) {
    const entry = related.get(Number(revision));
    const list =
      kind === RELATION.category
        ? entry?.categories
        : kind === RELATION.superseded
          ? entry?.supersedes
          : entry?.bundles;
    list?.push(bytesToGuid(guid as Uint8Array));
  }
  const superseding = connection.rowsIn(
    `SELECT v.id, i.guid FROM revision v JOIN relation r ON r.target = v.identity AND r.kind ` +
      `= ${RELATION.superseded} AND r.kind > 0
     JOIN software_update s ON s.revision = r.revision JOIN identity i ON i.id = s.identity WHERE v.id IN (#) AND ` +
      `s.identity <> v.identity AND s.removed = 0`,
    revisionIds,
  );
  for (const [revision, guid] of superseding)
    related.get(Number(revision))?.supersededBy.push(bytesToGuid(guid as Uint8Array));
  return related;
}
