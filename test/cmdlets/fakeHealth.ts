/** What the fake engine says of `health/get`. */
export const FAKE_HEALTH = {
  SiteCode: 'ABC',
  Status: 'Degraded',
  ExitCode: 1,
  Summary: '1 of 2 software update points is in step; sup2.contoso.com has been silent since 2026-01-02 03:04.',
  Time: '2026-01-02T03:04:05.678Z',
  SoftwareUpdatePoints: [
    {
      SiteCode: 'ABC',
      WSUSServerName: 'sup2.contoso.com',
      InStep: false,
      VersionsBehind: 2,
      Since: '2026-01-02T03:04:05.678Z',
      Link: 'Error',
      LastSyncState: 6702,
      LastSuccessfulSyncTime: '2026-01-01T03:04:05.678Z',
      LastSuccessfulSyncAgeSeconds: 86400,
      LastError: '',
      NextSyncTime: null,
      IsKept: null,
    },
  ],
  Actions: ['sup2.contoso.com has been silent since 2026-01-02 03:04.'],
};
