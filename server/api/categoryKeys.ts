import type { UpdateListRequest } from '../contract/generated/types.js';
import { grouped, indexed } from '../criteria/collections.js';
import { unknownNames, wildcardPattern } from '../criteria/names.js';
import type { Steps } from '../platform/inTurns.js';
import type { CategoryRow } from '../store/rows.js';

/** What the categories that are asked for come to. */
interface WantedCategories {
  /** An update must have one key of each list. */
  readonly lists: readonly (readonly number[])[];
  /** A sentence for each name that no category has. */
  readonly warnings: readonly string[];
}

/** What one name or id stands for. */
interface Meant {
  readonly rows: readonly CategoryRow[];
  /** Names among products, families and companies go together, those among classifications too. */
  readonly kind: 'products' | 'classifications' | 'both' | 'unknown';
}

/**
 * As the subscription itself: of several products, families and companies an update must have any, of several
 * classifications any, and both where both are given. A family or company stands for all products below it. `vendor`,
 * `product` and `classification` are conditions of their own. A name that no category has changes nothing beside
 * others, and alone gives nothing.
 */
export function* categoryKeys(params: UpdateListRequest, rows: readonly CategoryRow[]): Steps<WantedCategories> {
  const { categoryUniqueId = [], categoryName = [], vendor, product, classification } = params;
  if (categoryUniqueId.length + categoryName.length === 0 && !hasOwnList(params)) return { lists: [], warnings: [] };
  const children = yield* grouped(rows, (row) => row.parentId);
  const meant = yield* meantByIds(rows, categoryUniqueId);
  for (const name of categoryName) meant.push(meantBy(yield* named(rows, name)));
  const lists = yield* combined(meant, children);
  const warnings = unknown('category', categoryName, rows);
  const isClassification = ({ typeName }: CategoryRow): boolean => typeName === 'UpdateClassification';
  const own = [
    { what: 'company', names: vendor === undefined ? undefined : [vendor], among: rows.filter(isCompany) },
    { what: 'product', names: product, among: rows.filter((row) => !isClassification(row)) },
    { what: 'classification', names: classification, among: rows.filter(isClassification) },
  ];
  for (const { what, names, among } of own) {
    if (names === undefined) continue;
    const found: CategoryRow[] = [];
    for (const name of names) for (const row of yield* named(among, name)) found.push(row);
    lists.push(yield* keysBelow(found, children));
    warnings.push(...unknown(what, names, among));
  }
  return { lists, warnings };
}

function* meantByIds(rows: readonly CategoryRow[], ids: readonly string[]): Steps<Meant[]> {
  if (ids.length === 0) return [];
  const byId = yield* indexed(rows, (row) => `${row.typeName}:${row.updateId}`.toLowerCase());
  return ids.map((id) => meantBy([byId.get(id.toLowerCase())].flatMap((row) => row ?? [])));
}

/** Each of these is a condition of its own. */
function hasOwnList({ vendor, product, classification }: UpdateListRequest): boolean {
  return [vendor, product, classification].some((given) => given !== undefined);
}

function isCompany({ typeName }: CategoryRow): boolean {
  return typeName === 'Company';
}

function meantBy(rows: readonly CategoryRow[]): Meant {
  const classifications = rows.filter((row) => row.typeName === 'UpdateClassification').length;
  if (rows.length === 0) return { rows, kind: 'unknown' };
  return {
    rows,
    kind: classifications === 0 ? 'products' : classifications === rows.length ? 'classifications' : 'both',
  };
}

function* combined(
  meant: readonly Meant[],
  children: ReadonlyMap<number, readonly CategoryRow[]>,
): Steps<(readonly number[])[]> {
  if (meant.length === 0) return [];
  const of = (kind: Meant['kind']): Meant[] => meant.filter((one) => one.kind === kind);
  const unions = (['products', 'classifications'] as const)
    .map((kind) => of(kind).flatMap(({ rows }) => rows))
    .filter((rows) => rows.length > 0);
  // A wildcard that fits products and classifications alike is a condition of its own.
  const lists: (readonly number[])[] = [];
  for (const rows of [...unions, ...of('both').map(({ rows }) => rows)]) lists.push(yield* keysBelow(rows, children));
  return lists.length > 0 ? lists : [[]];
}

function unknown(what: string, names: readonly string[], rows: readonly CategoryRow[]): string[] {
  if (names.length === 0) return [];
  return unknownNames(
    names,
    rows.map((row) => row.title),
  ).map((hint) => `There is no ${what} ${hint}`);
}

function* named(categories: readonly CategoryRow[], name: string): Steps<CategoryRow[]> {
  const pattern = wildcardPattern(name);
  const rows: CategoryRow[] = [];
  for (const row of categories) {
    if (pattern.test(row.title)) rows.push(row);
    yield;
  }
  return rows;
}

/** The keys of categories and of all that stands below them. */
function* keysBelow(
  rows: readonly CategoryRow[],
  children: ReadonlyMap<number, readonly CategoryRow[]>,
): Steps<number[]> {
  const found = new Set(rows);
  // The set grows while it is walked through.
  for (const row of found) {
    for (const child of children.get(row.categoryId) ?? []) found.add(child);
    yield;
  }
  return [...found].map((row) => row.updateKey);
}
