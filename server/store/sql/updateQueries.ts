import type { UpdateOrder, UpdateQuery } from '../UpdateQuery.js';
import { RELATION } from '../rows.js';
import type { RelatedIds, UpdateRow } from '../rows.js';
import { LONGEST_LIST } from './Sql.js';
import type { Row, Scope, Sql, SqlSteps } from './Sql.js';
import { bytesToGuid } from './Identities.js';
import { conditionsOf, exactArticle } from './updateConditions.js';
import type { Conditions } from './updateConditions.js';

const COLUMNS =
  `s.id, s.identity, s.revision, s.version, s.expired, s.superseded, s.hidden, s.bundle, s.created, ` +
  `s.modified, s.max_execution,
  i.guid, r.number, r.first_created, r.flags, r.title, coalesce(d.text, ''), r.language, r.article, r.bulletin, ` +
  `r.severity, r.created, r.size, r.url, r.locales, r.eula,
  r.segment, r.position, r.length, s.standing, s.reason, s.expired_since, s.superseded_since, s.removed, ` +
  `s.declined, s.custom_severity`;

const TABLES =
  'software_update s JOIN revision r ON r.id = s.revision JOIN identity i ON i.id = s.identity LEFT JOIN ' +
  'description d ON d.id = r.description_id';
/** Ids of software updates that are looked at before others have their turn. */
const RANGE = 4096;
/** Both in one SELECT would read every row. */
const ENDS = 'SELECT (SELECT min(id) FROM software_update), (SELECT max(id) FROM software_update)';

/** Software updates that meet every condition, by ci id or sorted. */
export function* queryUpdates(sql: Sql, query: UpdateQuery): SqlSteps<UpdateRow[]> {
  if (query.order !== undefined) return yield* sortedUpdates(sql, query, query.order);
  const limit = query.limit ?? Infinity;
  const where = conditionsOf(query);
  const updates: UpdateRow[] = [];
  for (const scope of yield* scopesOf(sql, query)) {
    const rows = yield* sql.rows(
      `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${where.texts.join(' AND ')} AND ${scope.text} ORDER BY s.id LIMIT ?`,
      [...where.values, ...scope.values, where.longLists.length > 0 ? RANGE : Math.min(limit - updates.length, RANGE)],
    );
    for (const row of yield* inLongLists(sql, where, rows)) updates.push(toUpdateRow(row));
    if (updates.length >= limit) break;
    yield;
  }
  return updates.slice(0, query.limit);
}

/** What is compared; texts as if all letters were small, numbers of articles as numbers. */
const ORDERS: Readonly<Record<UpdateOrder['by'], string>> = {
  articleId: 'r.article',
  title: 'lower(r.title)',
  firstCreated: 'r.first_created',
  severity: 'r.severity',
};

/** The ids first: whole rows are read of those alone that are given. */
function* sortedUpdates(sql: Sql, query: UpdateQuery, order: UpdateOrder): SqlSteps<UpdateRow[]> {
  const wanted = yield* sortedIds(sql, query, order);
  const found = new Map<number, UpdateRow>();
  for (const row of yield* sql.rowsIn(`SELECT ${COLUMNS} FROM ${TABLES} WHERE s.id IN (#)`, wanted))
    found.set(Number(row[0]), toUpdateRow(row));
  return wanted.flatMap((id) => found.get(id) ?? []);
}

const NEWEST_FIRST = { by: 'firstCreated', descending: true } as const;

export function* newestArticles(sql: Sql, limit: number): SqlSteps<string[]> {
  const wanted = yield* sortedIds(sql, { wildcard: false, limit }, NEWEST_FIRST);
  const articles = new Map<number, string>();
  yield* sql.eachRowIn(
    'SELECT s.id, r.article FROM software_update s JOIN revision r ON r.id = s.revision WHERE s.id IN (#)',
    wanted,
    ([id, article]) => articles.set(Number(id), String(article)),
  );
  return wanted.map((id) => articles.get(id) ?? '');
}

/** Ids of those that a query asks for, in order. */
function* sortedIds(sql: Sql, query: UpdateQuery, { by, descending }: UpdateOrder): SqlSteps<number[]> {
  const skip = query.skip ?? 0;
  const end = skip + (query.limit ?? Infinity);
  const where = conditionsOf(query);
  const order = inOrder(descending);
  let first: Row[] = [];
  for (const scope of yield* scopesOf(sql, query)) {
    const rows = yield* sql.rows(
      `SELECT s.id, ${ORDERS[by]}, s.revision FROM software_update s JOIN revision r ON r.id = s.revision WHERE ` +
        `${where.texts.join(' AND ')} AND ${scope.text}`,
      [...where.values, ...scope.values],
    );
    const compared = (yield* inLongLists(sql, where, rows)).map(by === 'articleId' ? withNumber : (row) => row);
    const last = first.length < end ? undefined : first.at(-1);
    // Of a long list few are among the first ones: the others need no place.
    const found = compared.filter((row) => last === undefined || order(row, last) < 0).sort(order);
    yield;
    first = merged(first, found, order).slice(0, end);
    yield;
  }
  return first.slice(skip).map(([id]) => Number(id));
}

/** The number at the begin of the text, 0 for none. */
function withNumber([id = null, article = null, revision = null]: Row): Row {
  return [id, Number.parseInt(String(article), 10) || 0, revision];
}

/** Two sorted lists as one: to sort a long one again and again would let nobody else have a turn. */
function merged(some: readonly Row[], others: readonly Row[], order: (one: Row, other: Row) => number): Row[] {
  const all: Row[] = [];
  let at = 0;
  for (const row of others) {
    for (let next = some[at]; next !== undefined && order(next, row) < 0; next = some[at]) {
      all.push(next);
      at += 1;
    }
    all.push(row);
  }
  return [...all, ...some.slice(at)];
}

function inOrder(descending: boolean): (one: Row, other: Row) => number {
  const sign = descending ? -1 : 1;
  return ([oneId, one], [otherId, other]) => sign * (compared(one, other) || Number(oneId) - Number(otherId));
}

function compared(one: Row[number] | undefined, other: Row[number] | undefined): number {
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : Number(one > other);
  return Number(one) - Number(other);
}

/** Software updates by the categories that they name. */
export function* categoryCounts(sql: Sql): SqlSteps<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const scope of yield* scopesOf(sql, { wildcard: false })) {
    const rows = yield* sql.rows(
      `SELECT c.target, count(*) FROM software_update s JOIN relation c ON c.revision = s.revision WHERE ` +
        `c.kind = ${RELATION.category} AND s.hidden = 0 AND s.removed = 0 AND ${scope.text} GROUP BY c.target`,
      [...scope.values],
    );
    for (const [target, count] of rows) counts.set(Number(target), (counts.get(Number(target)) ?? 0) + Number(count));
    yield;
  }
  return counts;
}

/** Parts of the software updates, made one after the other: there are many of a large site. */
function* scopesOf(sql: Sql, query: UpdateQuery): SqlSteps<Iterable<Scope>> {
  if (query.ciIds !== undefined)
    return listsOf(
      sql,
      [...query.ciIds].sort((a, b) => a - b),
    );
  const article = exactArticle(query);
  if (article !== undefined) return listsOf(sql, yield* idsOfArticle(sql, article, query));
  const [lowest, highest] = ((yield* sql.row(ENDS)) ?? []).map(Number);
  return rangesOf(
    Math.max(query.ciId ?? 0, (query.after ?? 0) + 1, lowest ?? 0),
    Math.min(query.ciId ?? Infinity, highest ?? 0),
  );
}

/** In order. Few have one number, except those that change each day. */
function* idsOfArticle(sql: Sql, article: string, { ciId, after = 0 }: UpdateQuery): SqlSteps<number[]> {
  const ids: number[] = [];
  yield* sql.read(
    `SELECT s.id FROM revision r JOIN software_update s ON s.revision = r.id WHERE r.article = ? AND r.article <> '' ` +
      'AND s.id > ? ORDER BY s.id',
    [article, after],
    ([id]) => ids.push(Number(id)),
  );
  return ciId === undefined ? ids : ids.filter((id) => id === ciId);
}

function* listsOf(sql: Sql, ids: readonly number[]): Generator<Scope, void> {
  for (let at = 0; at < ids.length; at += LONGEST_LIST) yield sql.isIn('s.id', ids.slice(at, at + LONGEST_LIST));
}

function* rangesOf(first: number, last: number): Generator<Scope, void> {
  for (let from = first; from <= last; from += RANGE)
    yield { text: 's.id BETWEEN ? AND ?', values: [from, Math.min(from + RANGE - 1, last)] };
}

/** Those of the rows whose revision, the third column, names a category of every long list. */
function* inLongLists(sql: Sql, { longLists }: Conditions, rows: readonly Row[]): SqlSteps<readonly Row[]> {
  if (longLists.length === 0) return rows;
  const named = new Map<number, Set<ReadonlySet<number>>>();
  for (const [id, target] of yield* sql.rowsIn(
    `SELECT revision, target FROM relation WHERE revision IN (#) AND kind = ${RELATION.category}`,
    rows.map((row) => Number(row[2])),
  )) {
    const met = named.get(Number(id)) ?? new Set();
    for (const list of longLists) if (list.has(Number(target))) met.add(list);
    named.set(Number(id), met);
    yield;
  }
  return rows.filter((row) => named.get(Number(row[2]))?.size === longLists.length);
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
export function* relatedIds(sql: Sql, revisionIds: readonly number[]): SqlSteps<ReadonlyMap<number, RelatedIds>> {
  const related = new Map(
    revisionIds.map((id) => [
      id,
      { categories: [] as string[], supersedes: [] as string[], supersededBy: [] as string[], bundles: [] as string[] },
    ]),
  );
  yield* sql.eachRowIn(
    'SELECT r.revision, r.kind, i.guid FROM relation r JOIN identity i ON i.id = r.target WHERE r.revision IN (#) ' +
      'AND r.kind > 0 ORDER BY r.revision, r.kind, r.clause, r.target',
    revisionIds,
    ([revision, kind, guid]) => {
      const entry = related.get(Number(revision));
      const list =
        kind === RELATION.category
          ? entry?.categories
          : kind === RELATION.superseded
            ? entry?.supersedes
            : entry?.bundles;
      list?.push(bytesToGuid(guid as Uint8Array));
    },
  );
  yield* sql.eachRowIn(
    `SELECT v.id, i.guid FROM revision v JOIN relation r ON r.target = v.identity AND r.kind ` +
      `= ${RELATION.superseded} AND r.kind > 0
     JOIN software_update s ON s.revision = r.revision JOIN identity i ON i.id = s.identity WHERE v.id IN (#) AND ` +
      `s.identity <> v.identity AND s.removed = 0 ORDER BY v.id, s.id`,
    revisionIds,
    ([revision, guid]) => related.get(Number(revision))?.supersededBy.push(bytesToGuid(guid as Uint8Array)),
  );
  return related;
}
