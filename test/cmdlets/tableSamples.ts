/** Rows as the contract gives them, one or two of each kind that has a table: long names, long reasons, real sizes. */
const TIME = '2026-11-30T03:20:54.000Z';
const TITLE = '2026-09 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5047551) (26100.9999)';
const GUID = '57444f80-1537-46e7-a28a-4a213ca74e63';
const REASON =
  'The upstream server wsus.contoso.com did not answer within 60 seconds. Check its address, port and firewall.';

const site = {
  SiteCode: 'ABC',
  SiteName: 'Headquarters',
  Type: 2,
  TypeName: 'Primary',
  ServerName: 'cm01.contoso.com',
  ReportingSiteCode: 'CAS',
  InstallDir: 'C:\\ProgramData\\ConfigMgrSync\\ABC',
  Status: 1,
};
const props = [
  { PropertyName: 'WSUSIISPort', Value: 8530, Value1: '', Value2: '' },
  { PropertyName: 'WSUSIISSSLPort', Value: 8531, Value1: '', Value2: '' },
  { PropertyName: 'ParentWSUS', Value: 0, Value1: 'REG_SZ', Value2: 'wsus.contoso.com:8530' },
];
const run = {
  Id: 1042,
  SiteCode: 'ABC',
  Requester: 'Schedule',
  RequestedBy: '',
  Kind: 'Delta',
  State: 'Succeeded',
  Phase: 'Done',
  StartTime: TIME,
  DurationSeconds: 128.4,
  PercentComplete: 100,
  Counts: { New: 11, Revised: 3, Expired: 4, Superseded: 2, Removed: 0, Failed: 0, DocumentsFetched: 490 },
  ErrorMessage: null,
};
const update = {
  ArticleID: '5047551',
  DatePosted: TIME,
  SeverityName: 'Important',
  CustomSeverityName: 'Low',
  MaxExecutionTime: 3600,
  IsExpired: false,
  IsSuperseded: true,
  LocalizedDisplayName: TITLE,
  Product: 'Windows 11',
  CI_ID: 16777703,
  CI_UniqueID: GUID,
  RevisionNumber: 204,
};

export const TABLE_SAMPLES: Readonly<Record<string, readonly object[]>> = {
  Alert: [
    {
      ID: 219053698,
      AlertStateName: 'Active',
      SeverityName: 'Error',
      OccurrenceCount: 12,
      Name: 'Synchronization failure alert for software update point: cm01.contoso.com',
      RootCauseMessage: REASON,
    },
  ],
  AlertSubscription: [
    {
      ID: 1,
      Name: 'On call',
      EmailAddresses: ['oncall@contoso.com'],
      WebhookFormat: 'Json',
      QuietHours: '22:00-06:00',
    },
  ],
  DeliveryTest: [
    {
      SubscriptionName: 'On call',
      Channel: 'Mail',
      Receiver: 'oncall@contoso.com',
      Succeeded: true,
      Answer: '250 2.0.0 OK',
    },
  ],
  ContentFileInfo: [
    {
      CI_ID: 16777703,
      FileName: 'windows11.0-kb5047551-x64_2f31a4.msu',
      FileSize: 734003200,
      SourceURL: 'http://download.windowsupdate.com/c/msdownload/update/2026/09/windows11.0-kb5047551-x64_2f31a4.msu',
    },
  ],
  EmbeddedProperty: props,
  EmbeddedPropertyList: [{ PropertyListName: 'Objects Polled', Values: ['One, with a comma', 'Two'] }],
  FailedUpdate: [
    { UpdateID: GUID, RevisionNumber: 204, ErrorId: 'DocumentInvalid', Reason: 'Its document is cut off.' },
  ],
  HealthRow: [
    {
      SiteCode: 'ABC',
      WSUSServerName: 'cm01.contoso.com',
      InStep: false,
      VersionsBehind: 3,
      Since: TIME,
      Link: 'Healthy',
      LastSyncState: 6703,
      LastSuccessfulSyncTime: TIME,
      LastSuccessfulSyncAgeSeconds: 273600,
      LastError: REASON,
      NextSyncTime: TIME,
      IsKept: true,
    },
  ],
  LogEntry: [{ Time: TIME, Severity: 'Error', Thread: 6691, Text: `Sync failed: ${REASON} Source: CWSyncMgr::DoSync` }],
  Maintenance: [
    { WhatIf: true, Interrupted: false, Removed: 12, Declined: 40, DeletedUpdates: 1200, FreedBytes: 1073741824 },
  ],
  MaintenanceItem: [
    { ...update, Action: 'DeleteRevision', Reason: 'It is not the latest revision, and nothing refers to it.' },
  ],
  Package: [
    {
      Documents: 120400,
      Updates: 48210,
      Size: 1073741824,
      CreationTime: TIME,
      Signature: 'Valid',
      Path: 'D:\\Export\\catalogue-2026-11-30.cab',
    },
  ],
  Run: [
    run,
    { ...run, Id: 1041, Kind: 'Full', State: 'Failed', ErrorMessage: REASON },
    { ...run, Id: 1043, State: 'Running', Phase: 'SynchronizingSiteDatabase', PercentComplete: 72 },
  ],
  RunCounts: [run.Counts],
  RunSize: [{ Updates: 48210, Documents: 120400, DocumentBytes: 412316860, DatabaseBytes: 73400320 }],
  SUPSyncStatus: [
    {
      SiteCode: 'ABC',
      WSUSServerName: 'cm01.contoso.com',
      WSUSSourceServer: 'wsus.contoso.com',
      SyncCatalogVersion: 42,
      LastSyncState: 6702,
      LastSyncStateName: 'WSUS Synchronization done',
      LastSyncStateTime: TIME,
      LastSuccessfulSyncTime: TIME,
      ReplicationLinkStatus: 1,
      ReplicationLinkStatusName: 'Healthy',
      HeartbeatAgeSeconds: 4,
    },
  ],
  Service: [
    {
      SiteCode: 'ABC',
      Name: 'ConfigMgrSync-ABC',
      Account: 'NT AUTHORITY\\SYSTEM',
      State: 'Running',
      HeartbeatTime: TIME,
    },
  ],
  Site: [
    site,
    { ...site, SiteCode: 'BRA', SiteName: 'Branch', TypeName: 'SoftwareUpdatePoint', ReportingSiteCode: 'ABC' },
  ],
  SiteAccess: [
    {
      SiteCode: 'ABC',
      InstallDir: site.InstallDir,
      Changed: true,
      Reason: 'The folder belongs to S-1-5-21-9, and others may write into it.',
    },
  ],
  SiteBackup: [
    {
      SiteCode: 'ABC',
      CreationTime: TIME,
      Updates: 48210,
      Size: 1073741824,
      HasSecrets: true,
      Path: 'D:\\Backup\\ABC',
    },
  ],
  SiteComponent: [
    {
      SiteCode: 'ABC',
      ComponentName: 'SMS_WSUS_CONFIGURATION_MANAGER',
      SynchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      UpstreamSourceLocation: 'http://wsus.contoso.com:8530',
      Products: ['Windows 11', 'Windows 11 Client, version 24H2 and later, Servicing Drivers'],
      UpdateClassifications: ['Security Updates'],
    },
  ],
  SiteMove: [
    {
      SiteCode: 'ABC',
      OldDatabase: 'Embedded',
      Database: 'Sqlite',
      Documents: 98_410,
      OldDatabaseSize: 412_345_678,
      InstallDir: site.InstallDir,
    },
  ],
  SiteRestore: [{ SiteCode: 'ABC', CreationTime: TIME, Updates: 48210, Replaced: true, InstallDir: site.InstallDir }],
  SyncServer: [
    { ServerName: 'cm01.contoso.com', Role: 'Owner', State: 'Running', StartTime: TIME, HeartbeatTime: TIME },
    { ServerName: 'cm02.contoso.com', Role: 'Follower', State: 'Running', StartTime: TIME, HeartbeatTime: TIME },
    { ServerName: 'cm03.contoso.com', Role: 'None', State: 'Stopped', StartTime: TIME, HeartbeatTime: null },
  ],
  StatusToken: [
    { Name: 'Prometheus', SiteCode: 'ABC', CreationTime: TIME, ExpirationTime: TIME, IsExpired: false },
    { Name: 'Service desk', SiteCode: 'ABC', CreationTime: TIME, ExpirationTime: TIME, IsExpired: true },
  ],
  ComponentStatus: [
    { ComponentName: 'SMS_WSUS_SYNC_MANAGER', Errors: 12, Warnings: 0, Infos: 12_345, MachineName: 'cm01.contoso.com' },
  ],
  MaintenanceTask: [
    { ItemName: 'Delete Aged Status Messages', Enabled: true, DeleteOlderThan: 180, LastRunTime: TIME },
    { ItemName: 'Delete Aged Log Data', Enabled: false, DeleteOlderThan: 180, LastRunTime: null },
  ],
  StatusFilterRule: [
    {
      Priority: 1,
      Enabled: true,
      MessageId: 6703,
      SeverityType: 'Error',
      Name: 'Tell the team when a synchronization failed',
    },
  ],
  SiteSystemServer: [{ SiteCode: 'ABC', ServerName: 'cm01.contoso.com', RoleName: 'SMS Site System', Type: 2 }],
  SoftwareUpdate: [update, { ...update, SeverityName: 'Critical', IsExpired: true }],
  SoftwareUpdatePoint: [
    {
      SiteCode: 'ABC',
      ServerName: 'cm01.contoso.com',
      IsDefault: true,
      SslState: 1,
      ClientConnectionType: 'InternetAndIntranet',
      Props: props,
    },
  ],
  SourceTestStage: [
    {
      Stage: 'Name',
      Status: 'Passed',
      DurationSeconds: 0.004,
      Target: 'wsus.contoso.com',
      Detail: '10.1.2.3',
      ErrorId: '',
      CertificateSubject: '',
    },
    {
      Stage: 'GetAuthorizationCookie',
      Status: 'Failed',
      DurationSeconds: 60.1,
      Target: 'https://wsus.contoso.com:8531/ServerSyncWebService/ServerSyncWebService.asmx',
      ErrorId: 'UpstreamTimeout',
      ErrorMessage: REASON,
    },
  ],
  StatusMessage: [
    {
      Time: TIME,
      SiteCode: 'ABC',
      SeverityName: 'Information',
      MessageID: 6704,
      MachineName: 'cm01.contoso.com',
      MessageText: 'WSUS Synchronization in progress. Current phase: Synchronizing WSUS Server',
      InsertionStrings: [],
    },
  ],
  StoreFinding: [
    {
      Severity: 'Damage',
      Kind: 'Reference',
      Path: 'documents/000012.seg',
      UpdateID: GUID,
      RevisionNumber: 204,
      Reason: 'The document that the database names is not there.',
      Repair: 'Fetch',
    },
  ],
  StoreReport: [
    { Healthy: true, Files: 120, Transactions: 40210, Documents: 120400, OrphanedBytes: 4096, Findings: [] },
  ],
  StoreRepair: [
    { Repaired: 3, Failed: [], Remaining: [], Lost: 'all of journal.2.0', Backup: 'D:\\ABC\\database.old' },
  ],
  SummarizationSchedule: [
    { Interval: 12, Unit: 'Hours', LastRunTime: TIME, NextRunTime: TIME, Updates: 48210, Current: 12042 },
  ],
  UpdateCategory: [
    {
      CategoryTypeName: 'UpdateClassification',
      CategoryInstanceID: 16777435,
      IsSubscribed: true,
      LocalizedCategoryInstanceName: 'Security Updates',
      CategoryInstance_UniqueID: `UpdateClassification:${GUID}`,
    },
    {
      CategoryTypeName: 'Product',
      CategoryInstanceID: 16777436,
      IsSubscribed: false,
      LocalizedCategoryInstanceName: 'Windows 11 Client, version 24H2 and later, Upgrade & Servicing Drivers',
      CategoryInstance_UniqueID: `Product:${GUID}`,
    },
    {
      CategoryTypeName: 'Product',
      CategoryInstanceID: 16777542,
      IsSubscribed: false,
      LocalizedCategoryInstanceName: 'Windows Server 2016',
      CategoryInstance_UniqueID: `Product:${GUID}`,
      ParentCategoryInstanceName: 'Windows',
      HasNamesake: true,
    },
  ],
  UpdateChange: [{ ...update, RunId: 1042, Changes: ['New', 'Superseded'] }],
};
