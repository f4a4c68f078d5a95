import type { SoftwareUpdate } from '../contract/generated/types.js';
import { printable } from '../platform/printable.js';
import type { CategoryRow } from '../store/rows.js';

/** The products and classifications of an update as plain texts, with semicolons between: names contain commas. */
export function categoryTexts(
  categories: readonly CategoryRow[],
): Required<Pick<SoftwareUpdate, 'Product' | 'Classification'>> {
  const named = (typeName: CategoryRow['typeName']): string =>
    categories
      .filter((category) => category.typeName === typeName)
      .map((category) => printable(category.title))
      .join('; ');
  return { Product: named('Product'), Classification: named('UpdateClassification') };
}
