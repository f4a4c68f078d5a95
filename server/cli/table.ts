import path from 'node:path';
import type {
  Category,
  MaintenanceItem,
  Run,
  Site,
  SoftwareUpdate,
  SiteSystemServer,
  SoftwareUpdatePoint,
  StoreFinding,
  SUPSyncStatus,
} from '../contract/generated/types.js';
import { localTime } from '../errors/localTime.js';
import { resultText } from './runText.js';
import type { Column } from './tableLines.js';

/** Columns of `site list`. */
export const SITE_COLUMNS: readonly Column<Site>[] = [
  { heading: 'SiteCode', text: (site) => site.SiteCode },
  { heading: 'SiteName', text: (site) => site.SiteName, width: 40 },
  { heading: 'Type', text: (site) => site.TypeName },
  { heading: 'InstallDir', text: (site) => site.InstallDir, width: 200 },
];

/** Columns of `site tree`. */
export const TREE_COLUMNS: readonly Column<Site>[] = [
  { heading: 'SiteCode', text: (site) => site.SiteCode },
  { heading: 'SiteName', text: (site) => site.SiteName, width: 40, from: 100 },
  { heading: 'Type', text: (site) => site.TypeName },
  { heading: 'ReportingSiteCode', text: (site) => site.ReportingSiteCode },
  { heading: 'ServerName', text: (site) => site.ServerName, width: 30 },
  { heading: 'Status', text: (site) => (site.Status === 1 ? 'Active' : 'Pending') },
];

/** Columns of `status`. */
export const STATUS_COLUMNS: readonly Column<SUPSyncStatus>[] = [
  { heading: 'SiteCode', text: (row) => row.SiteCode },
  { heading: 'WSUSServerName', text: (row) => row.WSUSServerName, width: 30 },
  { heading: 'WSUSSourceServer', text: (row) => row.WSUSSourceServer, width: 30, from: 120 },
  { heading: 'Version', text: (row) => String(row.SyncCatalogVersion), right: true },
  { heading: 'State', text: (row) => String(row.LastSyncState) },
  {
    heading: 'LastSyncStateName',
    text: stateText,
    width: 50,
  },
  { heading: 'LastSuccessfulSyncTime', text: (row) => dateText(row.LastSuccessfulSyncTime), from: 100 },
  {
    heading: 'Heartbeat',
    text: (row) => (row.HeartbeatAgeSeconds === null ? '' : `${row.HeartbeatAgeSeconds} s ago`),
    from: 140,
  },
];

/** What a node said last is not an answer once it is silent. */
function stateText(row: SUPSyncStatus): string {
  if (row.ReplicationLinkStatusName === 'Revoked') return 'Revoked by its parent';
  if (row.ReplicationLinkStatusName === 'NotJoined') return 'Not joined, or revoked';
  if (row.ReplicationLinkStatusName === 'Degraded') return `Not back yet; ${row.LastSyncStateName}`;
  if (row.ReplicationLinkStatusName === 'NoParent') return `Parent out of reach; ${row.LastSyncStateName}`;
  return row.ReplicationLinkStatus === 2 ? 'No contact; this is what it said last' : row.LastSyncStateName;
}

/** Columns of `sup list`. */
export const SUP_COLUMNS: readonly Column<SoftwareUpdatePoint>[] = [
  { heading: 'SiteCode', text: (row) => row.SiteCode },
  { heading: 'ServerName', text: (row) => row.ServerName, width: 40 },
  { heading: 'Default', text: (row) => (row.IsDefault ? 'yes' : '') },
  { heading: 'HTTP', text: (row) => portOf(row, 'WSUSIISPort'), right: true },
  { heading: 'HTTPS', text: (row) => portOf(row, 'WSUSIISSSLPort'), right: true },
  { heading: 'SSL', text: (row) => (row.SslState === 1 ? 'yes' : '') },
  { heading: 'Clients', text: (row) => row.ClientConnectionType },
];

/** Columns of `server list`. */
export const SERVER_COLUMNS: readonly Column<SiteSystemServer>[] = [
  { heading: 'SiteCode', text: (row) => row.SiteCode },
  { heading: 'ServerName', text: (row) => row.ServerName, width: 40 },
  { heading: 'Role', text: (row) => (row.Type === 8 ? 'site system' : 'site server') },
];

function portOf({ Props }: SoftwareUpdatePoint, name: string): string {
  return String(Props.find((property) => property.PropertyName === name)?.Value ?? '');
}

/** Columns of `categories`. */
export const CATEGORY_COLUMNS: readonly Column<Category>[] = [
  { heading: 'CategoryTypeName', text: (row) => row.CategoryTypeName },
  { heading: 'LocalizedCategoryInstanceName', text: categoryText, width: 70, wraps: true },
  { heading: 'IsSubscribed', text: (row) => String(row.IsSubscribed) },
  { heading: 'CategoryInstance_UniqueID', text: (row) => row.CategoryInstance_UniqueID, from: 140 },
];

/** The name, with its family where one of another family has the same. */
function categoryText({ LocalizedCategoryInstanceName: name, ...row }: Category): string {
  return row.HasNamesake === true ? `${name} (${row.ParentCategoryInstanceName || 'no family'})` : name;
}

/** Columns of `updates`. */
export const UPDATE_COLUMNS: readonly Column<SoftwareUpdate>[] = [
  { heading: 'ArticleID', text: (row) => row.ArticleID },
  { heading: 'LocalizedDisplayName', text: (row) => row.LocalizedDisplayName, width: 80 },
  { heading: 'DatePosted', text: (row) => dateText(row.DatePosted).slice(0, 10) },
  { heading: 'SeverityName', text: (row) => row.SeverityName },
  { heading: 'Expired', text: (row) => String(row.IsExpired), from: 100 },
  { heading: 'Superseded', text: (row) => String(row.IsSuperseded), from: 100 },
  { heading: 'Product', text: (row) => row.Product ?? '', width: 40, from: 140 },
];

/** Columns of `updates set`: what it has set, as it is now. */
export const OVERRIDE_COLUMNS: readonly Column<SoftwareUpdate>[] = [
  { heading: 'CI_ID', text: (row) => String(row.CI_ID), right: true },
  { heading: 'ArticleID', text: (row) => row.ArticleID, from: 100 },
  { heading: 'LocalizedDisplayName', text: (row) => row.LocalizedDisplayName, width: 80 },
  { heading: 'SeverityName', text: (row) => row.SeverityName, from: 100 },
  { heading: 'CustomSeverityName', text: (row) => row.CustomSeverityName },
  { heading: 'MaxMins', text: (row) => String(row.MaxExecutionTime / 60), right: true },
];

/** Columns of `run list`. */
export const RUN_COLUMNS: readonly Column<Run>[] = [
  { heading: 'Id', text: (run) => String(run.Id), right: true },
  { heading: 'Kind', text: (run) => run.Kind },
  { heading: 'State', text: (run) => run.State },
  { heading: 'StartTime', text: (run) => dateText(run.StartTime) },
  { heading: 'Seconds', text: (run) => run.DurationSeconds.toFixed(1), right: true, from: 100 },
  { heading: 'Requester', text: (run) => run.Requester, from: 120 },
  { heading: 'RequestedBy', text: (run) => run.RequestedBy, width: 30, from: 140 },
  { heading: 'Result', text: resultText, width: 200, wraps: true },
];

/** Columns of `check` and `repair`. */
export const FINDING_COLUMNS: readonly Column<StoreFinding>[] = [
  { heading: 'Severity', text: (row) => row.Severity },
  { heading: 'Kind', text: (row) => row.Kind },
  {
    heading: 'File',
    text: (row) => (path.isAbsolute(row.Path) ? path.basename(row.Path) : row.Path),
    width: 30,
    from: 100,
  },
  {
    heading: 'UpdateID',
    text: (row) => (row.UpdateID === null ? '' : `${row.UpdateID}.${row.RevisionNumber ?? ''}`),
    from: 160,
  },
  { heading: 'Reason', text: (row) => row.Reason, width: 120, wraps: true },
  { heading: 'Repair', text: (row) => row.Repair },
];

/** Columns of `maintenance`. */
export const MAINTENANCE_COLUMNS: readonly Column<MaintenanceItem>[] = [
  { heading: 'Action', text: (item) => item.Action },
  { heading: 'CI_UniqueID', text: (item) => item.CI_UniqueID, from: 140 },
  { heading: 'Revision', text: (item) => String(item.RevisionNumber), right: true, from: 100 },
  { heading: 'LocalizedDisplayName', text: (item) => item.LocalizedDisplayName, width: 70 },
  { heading: 'Reason', text: (item) => item.Reason, width: 80, wraps: true },
];

/** By the clock of this machine. */
export function dateText(date: string | null): string {
  return date === null ? '' : localTime(date);
}
