import type { Category, CategoryListRequest, CategoryListResult } from '../contract/generated/types.js';
import { findLanguage } from '../criteria/languages.js';
import { wildcardPattern } from '../criteria/names.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import { inTurns, type Steps, turn } from '../platform/inTurns.js';
import { printable } from '../platform/printable.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readDocument } from '../state/readDocument.js';
import type { CategoryRow } from '../store/rows.js';
import { type CategoryKin, categoryKin } from './categoryKin.js';

const ENGLISH = 1033;

/** SMS_UpdateCategoryInstance (configmgr.md section 2.3). */
function toCategory(row: CategoryRow, siteCode: string, kin: CategoryKin): Category {
  return {
    CategoryInstanceID: row.categoryId,
    CategoryInstance_UniqueID: `${row.typeName}:${row.updateId}`,
    CategoryTypeName: row.typeName,
    LocalizedCategoryInstanceName: printable(row.title),
    LocalizedPropertyLocaleID: ENGLISH,
    ParentCategoryInstanceID: row.parentId,
    ParentCategoryInstanceName: printable(kin.titleOf(row.parentId)),
    HasNamesake: kin.hasNamesake(row),
    SourceSite: siteCode,
    AllowSubscription: row.allowSubscription,
    IsSubscribed: row.isSubscribed,
  };
}

/** Names in all languages, out of the document. */
function lazyCategoryProperties(xml: Uint8Array, category: Category): Category {
  const { localizedProperties } = readUpdateDocument(xml, category.CategoryInstance_UniqueID);
  const LocalizedInformation = localizedProperties.map((texts) => ({
    CategoryInstanceName: printable(texts.title.trim()),
    LocaleID: findLanguage(texts.language)?.lcid ?? 0,
    Language: texts.language,
  }));
  return { ...category, LocalizedInformation };
}

/** `category/list`. */
export async function listCategories(context: SiteContext, params: CategoryListRequest): Promise<CategoryListResult> {
  const rows = await context.database.categories();
  await turn();
  const categories = await inTurns(chosen(rows, params, context.site.siteCode));
  const shown = params.lazy === true ? await withLazy(context, categories) : categories;
  if (params.withCounts !== true) return { categories: shown };
  const counts = await context.database.categoryCounts();
  return {
    categories: shown,
    counts: rows.flatMap(({ categoryId, updateKey }) => {
      const Updates = counts.get(updateKey);
      return Updates === undefined ? [] : [{ CategoryInstanceID: categoryId, Updates }];
    }),
  };
}

function* chosen(rows: readonly CategoryRow[], params: CategoryListRequest, siteCode: string): Steps<Category[]> {
  const kin = yield* categoryKin(rows);
  const categories: Category[] = [];
  for (const row of rows) {
    yield;
    const category = toCategory(row, siteCode, kin);
    if (meets(category, params)) categories.push(category);
  }
  return categories;
}

function meets(category: Category, params: CategoryListRequest): boolean {
  const like = (value: string, pattern: string | undefined): boolean =>
    pattern === undefined || matchesText(value, pattern, params.wildcard !== false);
  return (
    (params.id === undefined || category.CategoryInstanceID === params.id) &&
    (params.uniqueId === undefined ||
      category.CategoryInstance_UniqueID.toLowerCase() === params.uniqueId.toLowerCase()) &&
    like(category.LocalizedCategoryInstanceName, params.name) &&
    like(category.CategoryTypeName, params.typeName)
  );
}

function matchesText(value: string, pattern: string, wildcard: boolean): boolean {
  return wildcard ? wildcardPattern(pattern).test(value) : value.toLowerCase() === pattern.toLowerCase();
}

async function withLazy(context: SiteContext, categories: readonly Category[]): Promise<Category[]> {
  const rows = new Map((await context.database.categories()).map((row) => [row.categoryId, row.revisionId]));
  const result: Category[] = [];
  for (const category of categories) {
    const revisionId = rows.get(category.CategoryInstanceID) ?? 0;
    const location = await context.database.documentLocation(revisionId);
    result.push(
      location === undefined
        ? category
        : lazyCategoryProperties(await readDocument(context, revisionId, location), category),
    );
  }
  return result;
}
