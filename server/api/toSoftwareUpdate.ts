import type { SoftwareUpdate, UpdateLocalizedEula } from '../contract/generated/types.js';
import { CLASSIFICATION } from '../criteria/classifications.js';
import { indexed } from '../criteria/collections.js';
import { findLanguage } from '../criteria/languages.js';
import { severityName } from '../criteria/severities.js';
import type { EulaFile } from '../metadata/UpdateMetadata.js';
import { decodeText } from '../metadata/decodeText.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import { inTurns, turn } from '../platform/inTurns.js';
import { printable } from '../platform/printable.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { LicenseTermsStore } from '../store/LicenseTermsStore.js';
import { type CategoryRow, FLAG, type RelatedIds, type UpdateRow } from '../store/rows.js';
import { categoryTexts } from './categoryTexts.js';

const EULA_UNDETERMINED = 2;

/** What an update object is made of beside its row. */
interface UpdateSurroundings {
  readonly related: RelatedIds;
  readonly categories: ReadonlyMap<string, CategoryRow>;
  readonly siteCode: string;
  readonly siteGuid: string;
}

/** SMS_SoftwareUpdate in the order of the class (configmgr.md section 2.2), without the lazy properties, then ours. */
function toSoftwareUpdate(row: UpdateRow, around: UpdateSurroundings): SoftwareUpdate {
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
    ...categoryTexts(categories),
  };
}

/** ISO 8601 of ms since 1970; null for none. */
function isoDate(time: number): string | null {
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

/** The objects of software update rows, in their order, without the lazy properties. */
export async function updateObjects(
  context: SiteContext,
  rows: readonly UpdateRow[],
  categories: readonly CategoryRow[],
): Promise<SoftwareUpdate[]> {
  const related = await context.database.relatedIds(rows.map((row) => row.revisionId));
  const byId = await inTurns(indexed(categories, (row) => row.updateId));
  const none = { categories: [], supersedes: [], supersededBy: [], bundles: [] };
  const { siteCode, siteGuid } = context.site;
  const objects: SoftwareUpdate[] = [];
  for (const row of rows) {
    const surroundings = { related: related.get(row.revisionId) ?? none, categories: byId, siteCode, siteGuid };
    objects.push(toSoftwareUpdate(row, surroundings));
    await turn();
  }
  return objects;
}

/** A document above this many bytes is not handed out as one text. */
const TEXT_LIMIT = 1024 * 1024;

/** The properties that the product fetches only without -Fast, out of the document itself. */
export async function lazyUpdateProperties(
  xml: Uint8Array,
  update: SoftwareUpdate,
  terms: Pick<LicenseTermsStore, 'read'>,
): Promise<Partial<SoftwareUpdate>> {
  const metadata = readUpdateDocument(xml, update.CI_UniqueID);
  return {
    IsDigest: true,
    LocalizedEulas: await Promise.all(
      metadata.eulaFiles.map(async (file) => eulaOf(file, await terms.read(file.digest))),
    ),
    LocalizedInformation: metadata.localizedProperties.map((texts) => ({
      DisplayName: texts.title,
      Description: texts.description,
      InformativeURL: texts.moreInfoUrl || metadata.moreInfoUrl,
      LocaleID: findLanguage(texts.language)?.lcid ?? 0,
      Language: texts.language,
    })),
    SDMPackageXML:
      xml.length > TEXT_LIMIT ? '' : Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('utf8'),
    FileNames: metadata.files.map((file) => file.fileName),
  };
}

/** Licence terms in one language; the id is made of the digest, so that the same text has the same one. */
function eulaOf(file: EulaFile, text: Uint8Array | undefined): UpdateLocalizedEula {
  const id = Buffer.from(file.digest, 'base64');
  return {
    EULAContentID: id.length < 4 ? 0 : id.readUInt32BE(0) >>> 1,
    EULAText: text === undefined ? '' : decodeText(text),
    LocaleID: findLanguage(file.language)?.lcid ?? 0,
    Language: file.language,
  };
}

/** Objects property by property: what all of them have in common once, a list of values for everything else. */
interface Columns {
  readonly count: number;
  readonly constant: Record<string, unknown>;
  readonly values: Record<string, unknown[]>;
}

/**
 * Turns objects that have the same properties into columns. A reader in PowerShell makes objects of these ten times as
 * fast as it parses them.
 */
export function toColumns(objects: readonly object[]): Columns {
  const columns: Columns = { count: objects.length, constant: {}, values: {} };
  const rows = objects as readonly Record<string, unknown>[];
  for (const [name, first] of Object.entries(rows[0] ?? {})) {
    if (rows.every((row) => isSame(row[name], first))) columns.constant[name] = first;
    else columns.values[name] = rows.map((row) => row[name]);
  }
  return columns;
}

/** Equal plain values, or lists of equal ones; other objects count as different. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => item === other[index])
  );
}
