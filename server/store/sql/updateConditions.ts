import { RELATION } from '../rows.js';
import type { UpdateQuery } from '../UpdateQuery.js';
import type { Value } from './Sql.js';

/** Longer lists of categories are looked up among what a query gives: a statement takes only so many values. */
const LONGEST_BOUND = 200;

/** Conditions of a query over software updates (`s`) with their revisions (`r`), and what is bound to them. */
export class Conditions {
  readonly texts: string[] = [];
  readonly values: Value[] = [];
  /** Of each of these sets of categories an update must name one; no part of the texts. */
  readonly longLists: ReadonlySet<number>[] = [];

  add(text: string, ...values: Value[]): void {
    this.texts.push(text);
    this.values.push(...values);
  }

  /** Equal, or like a pattern where the text has wildcards and they count. */
  match(column: string, text: string | undefined, wildcard: boolean): void {
    if (text === undefined) return;
    if (wildcard && /[*?]/.test(text)) this.add(`${column} ILIKE ? ESCAPE '\\'`, toLike(text));
    else
      this.add(
        `lower(${column}) = ?`,
        text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
      );
  }

  compare(text: string, value: number | boolean | undefined): void {
    if (value !== undefined) this.add(text, Number(value));
  }
}

/** The number of an article that all have to have; undefined where they need none, or any of a pattern. */
export function exactArticle(query: UpdateQuery): string | undefined {
  const { articleId = '' } = query;
  return articleId === '' || isPattern(query, articleId) ? undefined : articleId;
}

function isPattern({ wildcard }: UpdateQuery, text: string): boolean {
  return wildcard && /[*?]/.test(text);
}

/** What a query asks for, its ids and its limit apart. */
export function conditionsOf(query: UpdateQuery): Conditions {
  const where = new Conditions();
  where.add('s.hidden = 0 AND s.removed = 0');
  if (query.articleId !== undefined && !isPattern(query, query.articleId)) where.add('r.article = ?', query.articleId);
  else where.match('r.article', query.articleId, query.wildcard);
  where.match('r.bulletin', query.bulletinId, query.wildcard);
  where.match('r.title', query.name, query.wildcard);
  where.compare('r.first_created >= ?', query.postedFrom);
  where.compare('r.first_created <= ?', query.postedTo);
  where.compare('r.created >= ?', query.revisedFrom);
  where.compare('r.created <= ?', query.revisedTo);
  if (query.eulaExists !== undefined) where.add(query.eulaExists ? "r.eula <> ''" : "r.eula = ''");
  where.compare('s.expired = ?', query.isExpired);
  where.compare('s.superseded = ?', query.isSuperseded);
  where.compare('r.severity = ?', query.severity);
  addCategories(where, query);
  return where;
}

function addCategories(where: Conditions, query: UpdateQuery): void {
  const list = (keys: readonly number[]): string => keys.map(() => '?').join(', ');
  for (const keys of query.categoryKeys ?? []) {
    if (keys.length > LONGEST_BOUND) {
      where.longLists.push(new Set(keys));
      continue;
    }
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
