/** Objects of the commands for status messages, alerts and what belongs to them. The text is not ASCII on purpose. */
const TIME = '2026-01-02T03:04:05.678Z';

export const FAKE_MESSAGE = {
  RecordID: 5_000_000_000,
  Component: 'SMS_WSUS_SYNC_MANAGER',
  MachineName: 'süp.contoso.com',
  MessageID: 6703,
  MessageType: 256,
  ModuleName: 'SMS Server',
  Severity: 3221225472,
  SiteCode: 'ABC',
  TopLevelSiteCode: 'ABC',
  Time: TIME,
  ProcessID: 7,
  ThreadID: 7,
  Win32Error: 2148734208,
  PerClient: 0,
  ReportFunction: 0,
  Transaction: 0,
  SuccessfulTransaction: 0,
  SeverityName: 'Error',
  MessageText: 'WSUS Synchronization failed: Der Upstream fehlt.',
  InsertionStrings: ['UpstreamUnreachable', 'Der Upstream fehlt.'],
};

export const FAKE_COMPONENT = {
  ComponentName: 'SMS_WSUS_SYNC_MANAGER',
  MachineName: 'server',
  SiteCode: 'ABC',
  Errors: 2,
  Warnings: 0,
  Infos: 40,
  LastContacted: '2026-11-30T03:20:54.000Z',
  LastCleared: null,
};

export const FAKE_TASK = {
  ItemName: 'Delete Aged Status Messages',
  ItemType: 'SQL Task',
  SiteCode: 'ABC',
  Enabled: true,
  DeleteOlderThan: 90,
  MaintenanceTask: 'DeleteAgedStatusMessages',
  LastRunTime: null,
};

export const FAKE_RULE = {
  PropertyListName: 'Sync failed',
  Values: ['Enabled=true'],
  SiteCode: 'ABC',
  Name: 'Sync failed',
  Priority: 1,
  Enabled: true,
  MessageId: 6703,
  ComponentName: '',
  SeverityType: 'Error',
  ReportToEventLog: true,
  RunProgram: false,
  ProgramPath: '',
};

export const FAKE_ALERT = {
  ID: 16_777_217,
  Name: 'Synchronization failure alert for software update point: süp.contoso.com',
  AlertState: 0,
  Severity: 1,
  RuleState: 0,
  Enabled: true,
  SkipUntil: null,
  Comments: '',
  OccurrenceCount: 2,
  ParameterValues: '',
  TypeID: 1,
  TypeInstanceID: 'ABC',
  SourceSiteCode: 'ABC',
  FeatureGroup: 1,
  FeatureArea: 0,
  DateCreated: TIME,
  DateFirstActivated: TIME,
  DateLastModified: TIME,
  DateAlertStateModified: TIME,
  ClosedBy: '',
  NumberOfSubscription: 0,
  MonitoredByScom: false,
  RootCauseMessage: 'UpstreamUnreachable: x',
  AlertStateName: 'Active',
  SeverityName: 'Error',
  Condition: 'SyncFailure',
  Limit: null,
  LimitUnit: 'None',
  NextStep: 'Look at the synchronizations.',
};

export const FAKE_SUBSCRIPTION = {
  ID: 3,
  Name: 'Bereitschaft süd',
  EmailAddresses: ['oncall@contoso.com'],
  AlertIDs: [16_777_217],
  LocaleID: 1033,
  WebhookUri: 'https://hooks.contoso.com/a',
  WebhookFormat: 'Teams',
  IsWebhookSigned: true,
  QuietHours: '22:00-06:00',
  DateCreated: TIME,
  DateLastModified: TIME,
  Waiting: 2,
  LastError: 'The mail server mail.contoso.com:587 said: 451 later',
};

export const FAKE_NOTIFICATION = {
  SmtpServer: 'mail.contoso.com',
  SmtpPort: 587,
  SmtpSecurity: 'StartTls',
  Sender: 'sync@contoso.com',
  UserName: 'sync',
  InheritedFrom: '',
  HasPassword: true,
  DigestMinutes: 5,
  Waiting: 2,
  Failed: 0,
  LastError: '',
};

export const FAKE_DELIVERY_TEST = {
  SubscriptionName: 'Bereitschaft süd',
  Channel: 'Mail',
  Receiver: 'oncall@contoso.com',
  Succeeded: true,
  Answer: '250 taken',
};

const STAGE = {
  DurationSeconds: 0.25,
  Detail: '',
  ErrorId: '',
  ErrorMessage: '',
  NextStep: '',
  CertificateSubject: '',
  CertificateIssuer: '',
  CertificateNames: [],
  CertificateNotBefore: null,
  CertificateNotAfter: null,
  CertificateThumbprint: '',
};

export const FAKE_SOURCE_TEST = {
  Source: 'Microsoft Update',
  Url: 'https://sws.update.microsoft.com',
  Proxy: '',
  StartTime: TIME,
  DurationSeconds: 1,
  Succeeded: true,
  Stages: [
    {
      ...STAGE,
      Stage: 'Tls',
      Target: 'sws:443',
      Status: 'Passed',
      Detail: 'TLSv1.3',
      CertificateSubject: 'CN=Zürich',
      CertificateIssuer: 'CN=i',
      CertificateNames: ['a', 'b'],
      CertificateNotBefore: TIME,
      CertificateNotAfter: TIME,
      CertificateThumbprint: 'AB',
    },
    {
      ...STAGE,
      Stage: 'GetCookie',
      Target: 'https://sws',
      Status: 'Failed',
      ErrorId: 'UpstreamDenied',
      ErrorMessage: 'no',
      NextStep: 'ask',
    },
  ],
};

export const FAKE_CHANGE = {
  RunId: 7,
  Changes: ['New', 'Superseded'],
  CI_ID: 4_000_000_000,
  CI_UniqueID: 'u',
  RevisionNumber: 2,
  ArticleID: '5001',
  LocalizedDisplayName: 'Mise à jour',
};

export const FAKE_CONTENT_FILE = {
  CI_UniqueID: 'u',
  ContentID: 1,
  FileName: 'größe.cab',
  FileHash: 'AB',
  FileSize: 5_000_000_000,
  FileVersion: '',
  ImportPath: '',
  IsSigned: false,
  LanguageID: 0,
  SourceURL: 'http://up/Content/AB/AB.cab',
  ModelName: 'm',
  ObjectTypeID: 1,
  CI_ID: 7,
  ContentUniqueID: 'v',
  ContentVersion: 2,
  ContentLocales: ['en'],
  FileHashSHA256: '',
  DateModified: TIME,
  PatchingType: 'SelfContained',
};

export const FAKE_SUMMARIZATION = {
  Interval: 12,
  Unit: 'Hours',
  LastRunTime: TIME,
  NextRunTime: null,
  Updates: 9,
  Current: 4,
  Superseded: 3,
  Expired: 2,
};

export const FAKE_SAVED_FILE = {
  CI_ID: 7,
  FileName: 'größe.cab',
  FileSize: 5,
  Path: '',
  Status: 'Failed',
  ErrorId: 'ContentMissing',
  Reason: 'The file größe.cab is not to be had.',
};
