import type { UpdateListRequest } from '../../contract/generated/types.js';
import { grouped } from '../../criteria/grouped.js';
import { wildcardPattern } from '../../criteria/matchNames.js';
import type { Steps } from '../../platform/inTurns.js';
import type { CategoryRow } from '../../store/rows.js';

type Test = (row: CategoryRow) => boolean;

/** One list of keys for each category that an update must have; a vendor stands for all products below it. */
export function* categoryKeys(params: UpdateListRequest, categories: readonly CategoryRow[]): Steps<number[][]> {
  const tests = testsOf(params);
  if (tests.length === 0) return [];
  const children = yield* grouped(categories, (row) => row.parentId);
  const lists: number[][] = [];
  for (const test of tests) lists.push(yield* keysBelow(yield* matching(categories, test), children));
  return lists;
}

function testsOf({ categoryUniqueId = [], categoryName = [], vendor }: UpdateListRequest): Test[] {
  const byId = categoryUniqueId.map((id): Test => {
    const wanted = id.toLowerCase();
    return (row) => `${row.typeName}:${row.updateId}`.toLowerCase() === wanted;
  });
  const byName = (name: string): Test => {
    const pattern = wildcardPattern(name);
    return (row) => pattern.test(row.title);
  };
  const names = categoryName.map(byName);
  if (vendor === undefined) return [...byId, ...names];
  const isNamed = byName(vendor);
  return [...byId, ...names, (row) => row.typeName === 'Company' && isNamed(row)];
}

function* matching(categories: readonly CategoryRow[], test: Test): Steps<CategoryRow[]> {
  const rows: CategoryRow[] = [];
  for (const row of categories) {
    if (test(row)) rows.push(row);
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
