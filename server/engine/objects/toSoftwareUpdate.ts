import { printable } from '../../platform/printable.js';
import type { SoftwareUpdate } from '../../contract/generated/types.js';
import { findLanguage } from '../../criteria/languages.js';
import { CLASSIFICATION } from '../../criteria/classifications.js';
import { severityName } from '../../criteria/severities.js';
import { FLAG, type CategoryRow, type RelatedIds, type UpdateRow } from '../../store/rows.js';

const EULA_UNDETERMINED = 2;

/** What an update object is made of beside its row. */
export interface UpdateSurroundings {
  readonly related: RelatedIds;
  readonly categories: ReadonlyMap<string, CategoryRow>;
  readonly siteCode: string;
  readonly siteGuid: string;
}

/** SMS_SoftwareUpdate in the order of the class (configmgr.md section 2.2), without the lazy properties, then ours. */
export function toSoftwareUpdate(row: UpdateRow, around: UpdateSurroundings): SoftwareUpdate {
  const categories = around.related.categories.flatMap((id) => around.categories.get(id) ?? []);
  return {
    ApplicabilityCondition: '',
    ArticleID: row.articleId,
    BulletinID: row.bulletinId,
    CategoryInstance_UniqueIDs: categories.map((category) => `${category.typeName}:${category.updateId}`),
    CI_ID: row.ciId,
    CI_UniqueID: row.updateId,
    CIType_ID: row.isBundle ? 8 : 1,
    CIVersion: row.ciVersion,
    ConfigurationFlags: 0,
    CreatedBy: '',
    LastModifiedBy: '',
    CustomSeverity: row.customSeverity,
    CustomSeverityName: severityName(row.customSeverity),
    DateCreated: isoDate(row.created),
    DateLastModified: isoDate(row.modified),
    DatePosted: isoDate(row.firstCreated),
    DateRevised: isoDate(row.revised),
    EffectiveDate: null,
    EULAAccepted: EULA_UNDETERMINED,
    EULAExists: row.eulaId !== '',
    EULASignoffDate: null,
    EULASignoffUser: '',
    ExecutionContext: hasFlag(row, FLAG.perUser) ? 1 : 0,
    IsBundle: row.isHidden,
    IsContentProvisioned: false,
    IsDeployable: !row.isExpired,
    IsDeployed: false,
    IsEnabled: true,
    IsHidden: row.isHidden,
    IsUserDefined: false,
    IsExpired: row.isExpired,
    IsLatest: true,
    IsMetadataOnlyUpdate: !row.isBundle && !hasFlag(row, FLAG.hasFiles),
    IsOfflineServiceable: isOfflineServiceable(categories),
    IsQuarantined: false,
    IsSuperseded: row.isSuperseded,
    LastStatusTime: null,
    LocalizedCategoryInstanceNames: categories.map((category) => printable(category.title)),
    LocalizedDescription: row.description,
    LocalizedDisplayName: printable(row.title),
    LocalizedInformativeURL: row.url,
    LocalizedPropertyLocaleID: findLanguage(row.language)?.lcid ?? 0,
    MaxExecutionTime: row.maxExecutionSeconds,
    ModelID: row.ciId,
    ModelName: `Site_${around.siteGuid}/SUM_${row.updateId}`,
    NumMissing: 0,
    NumNotApplicable: 0,
    NumPresent: 0,
    NumTotal: 0,
    NumUnknown: 0,
    PercentCompliant: 0,
    PermittedUses: 0,
    PlatformCategoryInstance_UniqueIDs: [],
    PlatformType: 0,
    RequiresExclusiveHandling: hasFlag(row, FLAG.exclusive),
    RevisionNumber: row.revisionNumber,
    SDMPackageVersion: row.revisionNumber,
    SecuredScopeNames: ['Default'],
    SedoObjectVersion: '',
    Severity: row.severity,
    SeverityName: severityName(row.severity),
    Size: row.size,
    SourceSite: around.siteCode,
    UpdateLocales: row.locales === '' ? [] : row.locales.split(','),
    SupersededUpdates: [...around.related.supersedes],
    SupersedingUpdates: [...around.related.supersededBy],
    BundledUpdates: [...around.related.bundles],
  };
}

/** ISO 8601 of ms since 1970; null for none. */
export function isoDate(time: number): string | null {
  return time === 0 ? null : new Date(time).toISOString();
}

function hasFlag(row: UpdateRow, flag: number): boolean {
  return (row.flags & flag) !== 0;
}

/** Feature updates and definition updates cannot be injected into an image. */
function isOfflineServiceable(categories: readonly CategoryRow[]): boolean {
  return !categories.some(
    (category) =>
      category.updateId === CLASSIFICATION.upgrades || category.updateId === CLASSIFICATION.definitionUpdates,
  );
}
