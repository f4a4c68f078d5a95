import { printable } from '../../platform/printable.js';
import type { Category } from '../../contract/generated/types.js';
import { findLanguage } from '../../criteria/languages.js';
import { readUpdateDocument } from '../../metadata/readUpdateDocument.js';
import type { CategoryRow } from '../../store/rows.js';

const ENGLISH = 1033;

/** SMS_UpdateCategoryInstance (configmgr.md section 2.3). */
export function toCategory(row: CategoryRow, siteCode: string): Category {
  return {
    CategoryInstanceID: row.categoryId,
    CategoryInstance_UniqueID: `${row.typeName}:${row.updateId}`,
    CategoryTypeName: row.typeName,
    LocalizedCategoryInstanceName: printable(row.title),
    LocalizedPropertyLocaleID: ENGLISH,
    ParentCategoryInstanceID: row.parentId,
    SourceSite: siteCode,
    AllowSubscription: row.allowSubscription,
    IsSubscribed: row.isSubscribed,
  };
}

/** Names in all languages, out of the document. */
export function lazyCategoryProperties(xml: Uint8Array, category: Category): Category {
  const { localizedProperties } = readUpdateDocument(xml, category.CategoryInstance_UniqueID);
  const LocalizedInformation = localizedProperties.map((texts) => ({
    CategoryInstanceName: printable(texts.title.trim()),
    LocaleID: findLanguage(texts.language)?.lcid ?? 0,
    Language: texts.language,
  }));
  return { ...category, LocalizedInformation };
}
