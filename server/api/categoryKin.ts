import type { Steps } from '../platform/inTurns.js';
import type { CategoryRow } from '../store/rows.js';

/** What is known of a category only beside all others. */
export interface CategoryKin {
  /** Empty where there is none. */
  titleOf(categoryId: number): string;
  /** Another category of its type has the same name, and another family. */
  hasNamesake(row: Pick<CategoryRow, 'typeName' | 'title'>): boolean;
}

/** Looks through all categories once, in steps: an upstream may have very many. */
export function* categoryKin(rows: readonly CategoryRow[]): Steps<CategoryKin> {
  const titles = new Map<number, string>();
  const parents = new Map<string, Set<number>>();
  for (const row of rows) {
    yield;
    titles.set(row.categoryId, row.title);
    const ofName = parents.get(nameOf(row));
    if (ofName === undefined) parents.set(nameOf(row), new Set([row.parentId]));
    else ofName.add(row.parentId);
  }
  return {
    titleOf: (categoryId) => titles.get(categoryId) ?? '',
    hasNamesake: (row) => (parents.get(nameOf(row))?.size ?? 0) > 1,
  };
}

/** The name of a product, with its family where a product of another one has the same. */
export function nameWithFamily(row: CategoryRow, kin: CategoryKin): string {
  return kin.hasNamesake(row) ? `${row.title} (${kin.titleOf(row.parentId) || 'no family'})` : row.title;
}

function nameOf({ typeName, title }: Pick<CategoryRow, 'typeName' | 'title'>): string {
  return `${typeName}:${title.toLowerCase()}`;
}
