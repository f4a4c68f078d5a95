import { expect } from 'chai';
import type { SUPSyncStatus } from '../../server/contract/generated/types.js';
import { healthOf } from '../../server/monitor/health.js';
import type { HealthFacts } from '../../server/monitor/health.js';
import { DAY, HOUR, UTC } from '../../server/schedule/zone.js';

const NOW = Date.UTC(2026, 10, 29, 12);
const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();

const row = (WSUSServerName: string, over: Partial<SUPSyncStatus> = {}): SUPSyncStatus => ({
  SiteCode: 'CS1',
  WSUSServerName,
  WSUSSourceServer: 'Microsoft Update',
  SyncCatalogVersion: 7,
  LastSyncState: 6702,
  LastSyncStateTime: ago(2 * HOUR),
  LastSyncErrorCode: 0,
  LastSuccessfulSyncTime: ago(2 * HOUR),
  ReplicationLinkStatus: 0,
  ReplicationLinkStatusName: 'Healthy',
  LastReplicationLinkCheckTime: null,
  LastSyncStateName: '',
  LastSyncErrorId: '',
  LastSyncErrorMessage: '',
  HeartbeatTime: null,
  HeartbeatAgeSeconds: null,
  ...over,
});
const SILENT: Partial<SUPSyncStatus> = {
  ReplicationLinkStatus: 2,
  ReplicationLinkStatusName: 'Error',
  LastReplicationLinkCheckTime: ago(3 * HOUR),
};
const FAILED: Partial<SUPSyncStatus> = {
  LastSyncState: 6703,
  LastSyncStateTime: ago(HOUR),
  LastSyncErrorMessage: 'The server did not answer.',
};
const NEVER: Partial<SUPSyncStatus> = {
  LastSyncState: 0,
  LastSyncStateTime: null,
  LastSuccessfulSyncTime: null,
  SyncCatalogVersion: 0,
};
const [a, b, c] = ['a.test', 'b.test', 'c.test'] as const;

type Row = readonly [title: string, over: Partial<HealthFacts>, status: string, summary: string];
/** What a hierarchy is in, and the whole sentence for it. */
const STATES: readonly Row[] = [
  ['one, in step', {}, 'Well', 'The software update point is in step; its last success was 2 hours ago.'],
  [
    'three, in step',
    { rows: [row(a), row(b), row(c)] },
    'Well',
    'All 3 software update points are in step; the last success of a.test was 2 hours ago.',
  ],
  [
    'one silent of three',
    { rows: [row(a), row(b, SILENT), row(c)] },
    'Degraded',
    '2 of 3 software update points are in step; b.test has been silent since 2026-11-29 09:00.',
  ],
  [
    'one failed of two',
    { rows: [row(a), row(b, FAILED)] },
    'Degraded',
    '1 of 2 software update points is in step; b.test failed at its last attempt and last succeeded 2 hours ' +
      'ago: The server did not answer.',
  ],
  [
    'two out of step of three',
    { rows: [row(a), row(b, SILENT), row(c, FAILED)] },
    'Degraded',
    '1 of 3 software update points is in step; b.test has been silent since 2026-11-29 09:00, and 1 more.',
  ],
  [
    'the only one failed',
    { rows: [row(a, FAILED)] },
    'Degraded',
    'The software update point is not in step; a.test failed at its last attempt and last succeeded 2 hours ' +
      'ago: The server did not answer.',
  ],
  [
    'all failed',
    { rows: [row(a, FAILED), row(b, FAILED)] },
    'Degraded',
    '0 of 2 software update points are in step; a.test failed at its last attempt and last succeeded 2 hours ' +
      'ago: The server did not answer, and 1 more.',
  ],
  [
    'never synchronized',
    { rows: [row(a, NEVER)], contentVersion: 0 },
    'Broken',
    'The software update point is not in step; a.test has never synchronized.',
  ],
  [
    'failed for two days',
    { rows: [row(a, { ...FAILED, LastSuccessfulSyncTime: ago(2 * DAY) })] },
    'Broken',
    'The software update point is not in step; a.test failed at its last attempt and last succeeded 2 days ' +
      'ago: The server did not answer.',
  ],
  [
    'the first synchronization',
    { rows: [row(a, { ...NEVER, LastSyncState: 6704 })], contentVersion: 0 },
    'Degraded',
    'The software update point is not in step; a.test synchronizes for the first time.',
  ],
  [
    'one that has never synchronized',
    { rows: [row(a), row(b, NEVER)] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has never synchronized.',
  ],
  [
    'a later synchronization under way',
    { rows: [row(a, { LastSyncState: 6705 })] },
    'Well',
    'The software update point is in step; its last success was 2 hours ago.',
  ],
  [
    'one version behind',
    { rows: [row(a), row(b, { SyncCatalogVersion: 6, LastSyncState: 6707 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test is 1 version behind.',
  ],
  [
    'behind and synchronizing',
    { rows: [row(a), row(b, { SyncCatalogVersion: 4, LastSyncState: 6704 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test is 3 versions behind and synchronizes now.',
  ],
  [
    'silent says more than done',
    { rows: [row(a), row(b, { ...SILENT, SyncCatalogVersion: 3 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has been silent since 2026-11-29 09:00.',
  ],
  [
    'no success for eight days',
    { rows: [row(a, { LastSuccessfulSyncTime: ago(8 * DAY) })] },
    'Degraded',
    'The software update point is in step; its last success was 8 days ago, but: a.test has not ' +
      'synchronized for 8 days.',
  ],
  [
    'a schedule nobody keeps',
    { keeper: 'None' },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service keeps the ' +
      'schedule of site CS1: ' +
      'install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a service that does not run',
    { keeper: 'Stopped' },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: The service of site CS1 does not ' +
      'run: start it with Start-CMSyncService (configmgrsync service start).',
  ],
  [
    'a parent that was put back to an earlier time',
    { rows: [row(a), row(b, { SyncCatalogVersion: 9, LastSyncState: 6707 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has other content than the server that it follows.',
  ],
  [
    'no schedule and no service',
    { keeper: 'None', next: { time: undefined, reason: 'no schedule' } },
    'Well',
    'The software update point is in step; its last success was 2 hours ago; it does not synchronize by ' +
      'itself: no schedule.',
  ],
  [
    'a service without a schedule',
    { next: { time: undefined, reason: 'no schedule' } },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: Site CS1 does not ' +
      'synchronize by itself: no schedule.',
  ],
  [
    'a child without a service',
    { isChild: true, keeper: 'None', next: { time: undefined, reason: 'on request' } },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service listens to the ' +
      'parent of site ' +
      'CS1: install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a child with one',
    { isChild: true, next: { time: undefined, reason: 'on request' } },
    'Well',
    'The software update point is in step; its last success was 2 hours ago.',
  ],
  [
    'revoked',
    { isChild: true, rows: [row(a, { ...SILENT, ReplicationLinkStatusName: 'Revoked' })] },
    'Broken',
    'The software update point is not in step; a.test was revoked by its parent site.',
  ],
  [
    'a warning of the last run',
    { lastRun: { Warnings: ['No product is subscribed.'] } },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No product is subscribed.',
  ],
  [
    'damage',
    { damage: ['Segment 3 is missing.'], keeper: 'None' },
    'Broken',
    'The software update point is in step; its last success was 2 hours ago, but: Segment 3 is missing, and 1 more.',
  ],
  [
    'damage and a failure: what makes it broken comes first',
    { damage: ['Segment 3 is missing.'], rows: [row(a), row(b, FAILED)] },
    'Broken',
    '1 of 2 software update points is in step; Segment 3 is missing, and 1 more.',
  ],
  [
    'a revoked one behind another that is behind',
    { rows: [row(a, { SyncCatalogVersion: 6 }), row(b, { ...SILENT, ReplicationLinkStatusName: 'Revoked' })] },
    'Broken',
    '0 of 2 software update points are in step; b.test was revoked by its parent site, and 1 more.',
  ],
  [
    'a failure before any success, without a reason',
    { rows: [row(a), row(b, { ...NEVER, LastSyncState: 6703 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test failed at its last attempt and has never succeeded.',
  ],
  ['no software update point', { rows: [] }, 'Unknown', 'Site CS1 has no software update point.'],
];

const facts = (over: Partial<HealthFacts>): HealthFacts => ({
  now: NOW,
  zone: UTC,
  siteCode: 'CS1',
  rows: [row(a)],
  contentVersion: 7,
  next: { time: NOW + HOUR, reason: 'schedule' },
  keeper: 'Service',
  isChild: false,
  lastRun: { Warnings: [] },
  damage: [],
  ...over,
});

describe('The health of a hierarchy', () => {
  for (const [title, over, status, summary] of STATES) {
    it(`says of ${title} what is so`, () => {
      const health = healthOf(facts(over));
      expect([health.Status, health.Summary]).to.deep.equal([status, summary]);
      expect(health.ExitCode).to.equal(['Well', 'Degraded', 'Broken', 'Unknown'].indexOf(status));
      if (status === 'Well') expect(health.Actions).to.deep.equal([]);
    });
  }

  it('names the worst first, and who keeps what comes next', () => {
    const health = healthOf(
      facts({ rows: [row(a), row(b, FAILED)], damage: ['Segment 3 is missing.'], keeper: 'None' }),
    );
    expect(health.Actions).to.deep.equal([
      'Segment 3 is missing.',
      'b.test failed at its last attempt and last succeeded 2 hours ago: The server did not answer.',
      'No service keeps the schedule of site CS1: install one with Install-CMSyncService (configmgrsync ' +
        'service install).',
    ]);
    expect(health.SoftwareUpdatePoints.map(({ NextSyncTime, IsKept }) => [NextSyncTime, IsKept])).to.deep.equal([
      [new Date(NOW + HOUR).toISOString(), false],
      [null, null],
    ]);
  });
});
