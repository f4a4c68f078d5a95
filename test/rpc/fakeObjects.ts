import type { Run, Site } from '../../server/contract/generated/types.js';

export const fakeSite: Site = {
  SiteCode: 'ABC', SiteName: 'Test', Type: 2, TypeName: 'Primary', ServerName: 'server', ReportingSiteCode: '', InstallDir: '/', Version: '0.1.0', BuildNumber: 100, Status: 1,
};

export const fakeRun: Run = {
  Id: 1, SiteCode: 'ABC', Requester: 'Command', RequestedBy: 'test', Kind: 'Delta', Reason: 'asked', State: 'Running', Succeeded: false, Phase: 'Requested', StartTime: '2026-01-01T00:00:00.000Z',
  EndTime: null, DurationSeconds: 0, Processed: 0, Total: 0, PercentComplete: 0,
  Counts: { New: 0, Revised: 0, Expired: 0, Superseded: 0, Removed: 0, Skipped: 0, Failed: 0, Categories: 0, DocumentsFetched: 0 },
  SyncCatalogVersion: 0, ErrorId: null, ErrorMessage: null, NextStep: null, FailedUpdates: [], Warnings: [],
};
