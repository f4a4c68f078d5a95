import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../powershell/powershellEngine.js';

/** One object of each kind of the contract. The text is not ASCII on purpose. */
export const fakeSite = {
  SiteCode: 'ABC', SiteName: 'Zürich \u{1F600}', Type: 2, TypeName: 'Primary', ServerName: 'server.contoso.com', ReportingSiteCode: '',
  InstallDir: '/sites/ABC', Version: '5.00', BuildNumber: 1, Status: 1,
};

export const fakeStatus = {
  SiteCode: 'ABC', WSUSServerName: 'süp.contoso.com', WSUSSourceServer: 'Microsoft Update', SyncCatalogVersion: 3, LastSyncState: 6702,
  LastSyncStateTime: '2026-01-02T03:04:05.678Z', LastSyncErrorCode: 2148734208, LastSuccessfulSyncTime: null, ReplicationLinkStatus: 0,
  LastReplicationLinkCheckTime: null, LastSyncStateName: 'WSUS Synchronization done', LastSyncErrorId: null, LastSyncErrorMessage: null, HeartbeatTime: '2026-01-02T03:04:05.678Z',
  HeartbeatAgeSeconds: 12,
};

export const fakeService = {
  SiteCode: 'ABC', Name: '\\ConfigMgrSync\\ABC', Kind: 'ScheduledTask', Account: 'NT AUTHORITY\\SYSTEM', State: 'Running', HeartbeatTime: '2026-01-02T03:04:05.678Z', InstallDir: '/sites/ABC',
  Registration: '<Task>\n  <UserId>S-1-5-18</UserId>\n</Task>\n', Commands: ['Register-ScheduledTask -Xml (as above)', 'second step'],
};

export const fakeComponent = {
  ComponentName: 'SMS_WSUS_CONFIGURATION_MANAGER', FileType: 2, Flag: 6, ItemName: 'SMS_WSUS_CONFIGURATION_MANAGER|server.contoso.com', ItemType: 'Component',
  Name: 'SMS_WSUS_CONFIGURATION_MANAGER', SiteCode: 'ABC',
  Props: [{ PropertyName: 'Call WSUS Cleanup', Value: 1, Value1: '', Value2: '' }, { PropertyName: 'Sync Schedule', Value: 0, Value1: '0001200000100038', Value2: '' }],
  PropLists: [], SynchronizeAction: 'SynchronizeFromMicrosoftUpdate', UpstreamSourceLocation: '', Products: ['Windows 11'], ProductFamilies: [], Companies: [],
  UpdateClassifications: [], PendingCategories: [], MissingCategories: [], LanguageSummaryDetails: ['English'], LanguageUpdateFiles: [],
  ImmediatelyExpireSupersedence: false, WaitMonth: 3, ImmediatelyExpireSupersedenceForFeature: false, WaitMonthForFeature: 3, EnableCallWsusCleanupWizard: false,
  EnableDeleteObsoleteUpdates: false, EnableSyncFailureAlert: true, EnableThirdPartyUpdates: false, EnableManualCertManagement: false, ObsoleteAgeDays: 30, UpdatesCleanupAgeDays: 7, FullSyncIntervalDays: 7, MassExpiryLimitPercent: 20, FeatureUpdateMaxRuntimeMins: 120,
  NonFeatureUpdateMaxRuntimeMins: 60, NonWindowsUpdateMaxRuntimeMins: 60, AfterSyncCommand: '', AfterSyncArguments: [], ProxyServer: '', NoProxy: [], SourceCABundle: [], TrustedPackageSigners: [], NextSyncTime: '2026-01-02T03:04:05.678Z', NextSyncReason: 'schedule',
};

export const fakePoint = {
  FileType: 2, ItemName: '["Display=x"],SMS Software Update Point', ItemType: 'System Resource Usage', NALPath: '["Display=x"]', NALType: 'Windows NT Server', NetworkOSPath: '\\\\server.contoso.com', PropLists: [],
  Props: [{ PropertyName: 'WSUSIISPort', Value: 8530, Value1: '', Value2: '' }, { PropertyName: 'WSUSIISSSLPort', Value: 8531, Value1: '', Value2: '' }], RoleCount: 1, RoleName: 'SMS Software Update Point',
  SiteCode: 'ABC', SslState: 0, Type: 2, ServerName: 'server.contoso.com', IsDefault: true, ClientConnectionType: 'Intranet', AnonymousWsusAccess: false, PublicVirtualIP: '', NlbVirtualIP: '', Wledbat: false,
};

export const fakeCategory = {
  CategoryInstanceID: 16777217, CategoryInstance_UniqueID: 'Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e', CategoryTypeName: 'Product',
  LocalizedCategoryInstanceName: 'Windows 11', LocalizedPropertyLocaleID: 9, ParentCategoryInstanceID: 2, SourceSite: 'ABC', AllowSubscription: true, IsSubscribed: false,
};

export const fakeRun = {
  Id: 7, SiteCode: 'ABC', Requester: 'Command', RequestedBy: 'admin', Kind: 'Delta', Reason: '', State: 'Running', Succeeded: false, Phase: 'Updates',
  StartTime: '2026-01-02T03:04:05.678Z', EndTime: null, DurationSeconds: 1.5, Processed: 1, Total: 2, PercentComplete: 50,
  Counts: { New: 1, Revised: 0, Expired: 0, Superseded: 0, Removed: 0, Skipped: 0, Failed: 1, Categories: 5, DocumentsFetched: 2 },
  SyncCatalogVersion: 3, ErrorId: null, ErrorMessage: null, NextStep: null,
  FailedUpdates: [{ UpdateID: 'u', RevisionNumber: 1, ErrorId: 'DocumentInvalid', Reason: 'no XML' }], Warnings: ['w'],
};

export const fakeMaintenance = {
  WhatIf: false, Interrupted: false, StartTime: '2026-01-02T03:04:05.678Z', DurationSeconds: 0.5, Removed: 3, Declined: 1, DeletedUpdates: 1, DeletedRevisions: 3, RemainingRevisions: 0,
  CompactedSegments: 2, FreedBytes: 5_000_000_000, Items: [
    { Action: 'Remove', CI_ID: 16777217, CI_UniqueID: 'a', RevisionNumber: 1, LocalizedDisplayName: 'Ein gel\u00f6schtes Update', Reason: 'It expired more than 7 days ago (publisher).' },
    { Action: 'Decline', CI_ID: 16777218, CI_UniqueID: 'b', RevisionNumber: 2, LocalizedDisplayName: 'Another', Reason: 'It is gone.' },
    { Action: 'DeleteUpdate', CI_ID: null, CI_UniqueID: 'c', RevisionNumber: 3, LocalizedDisplayName: 'Nobody', Reason: 'Nothing refers to it.' },
    { Action: 'DeleteRevision', CI_ID: null, CI_UniqueID: 'd', RevisionNumber: 4, LocalizedDisplayName: 'Old', Reason: 'It is not the latest revision.' },
  ],
};

const date = '2026-01-02T03:04:05.678Z';
const dates = { DateCreated: date, DateLastModified: date, DatePosted: date, DateRevised: date, EffectiveDate: date, EULASignoffDate: null, LastStatusTime: null };
const texts = {
  ApplicabilityCondition: '', BulletinID: 'None', CreatedBy: '', LastModifiedBy: '', CustomSeverityName: '', EULASignoffUser: '', ModelName: 'Site/SUM', SedoObjectVersion: '',
  SeverityName: 'Critical', SourceSite: 'ABC', LocalizedDescription: 'Install this update to resolve issues.', LocalizedInformativeURL: 'https://support.contoso.com/kb',
};
const numbers = Object.fromEntries(['CIType_ID', 'CIVersion', 'ConfigurationFlags', 'CustomSeverity', 'EULAAccepted', 'ExecutionContext', 'LocalizedPropertyLocaleID', 'MaxExecutionTime',
  'ModelID', 'NumMissing', 'NumNotApplicable', 'NumPresent', 'NumTotal', 'NumUnknown', 'PercentCompliant', 'PermittedUses', 'PlatformType', 'RevisionNumber', 'SDMPackageVersion', 'Severity',
].map((name) => [name, 1]));
const flags = Object.fromEntries(['EULAExists', 'IsBundle', 'IsContentProvisioned', 'IsDeployable', 'IsDeployed', 'IsDigest', 'IsEnabled', 'IsHidden', 'IsUserDefined', 'IsExpired', 'IsLatest',
  'IsMetadataOnlyUpdate', 'IsOfflineServiceable', 'IsQuarantined', 'IsSuperseded', 'RequiresExclusiveHandling'].map((name) => [name, false]));

const schema = JSON.parse(readFileSync(join(repositoryRoot(), 'schemas', 'objects', 'SoftwareUpdate.json'), 'utf8')) as { properties: object; required: string[] };
const order = Object.keys(schema.properties).filter((name) => schema.required.includes(name));

/** In the order of the schema, as the engine writes it, without the lazy properties. */
export function fakeUpdate(id: number): Record<string, unknown> {
  const values: Record<string, unknown> = {
    ...texts, ...dates, ...numbers, ...flags, CI_ID: id, CI_UniqueID: `00000000-0000-0000-0000-${String(id).padStart(12, '0')}`, ArticleID: String(5_000_000 + id),
    LocalizedDisplayName: `Mise à jour cumulative ${id}`, Size: 5_000_000_000, CategoryInstance_UniqueIDs: ['Product:a', 'UpdateClassification:b'],
    LocalizedCategoryInstanceNames: ['Windows 11'], PlatformCategoryInstance_UniqueIDs: [], SecuredScopeNames: [], UpdateLocales: [], SupersededUpdates: ['x'],
    SupersedingUpdates: [], BundledUpdates: [],
  };
  return Object.fromEntries(order.map((name) => [name, values[name]]));
}

export const fakePackage = {
  Path: '/carried/june.cab', Format: 'Cabinet', Size: 5_000_000_000, ServerID: 'a86cecaa-02ab-44a1-a09d-cac309aa7a3e', ServerName: 'srv.contoso.com', SiteCode: 'ABC', CreationTime: '2026-01-02T03:04:05.000Z',
  ProtocolVersion: '1.20', Documents: 4125, Configuration: 4000, Updates: 125, Files: 3, Languages: ['en'], IsIncrement: true, Follows: 17, Reaches: 4142, LastRun: 7, Signature: 'Foreign', SignerFingerprint: 'ab',
  Sha256: 'cd', ContentList: '', Differences: ['it is one'], Problems: [{ UpdateID: 'u', RevisionNumber: 1, ErrorId: 'MetadataInvalid', Reason: 'The document is broken.' }], Warnings: ['The package is signed by ab.'],
} as const;
