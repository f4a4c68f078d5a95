import { DAY } from '../../server/schedule/zone.js';
import { row, since, SILENT, FAILED, NEVER, a, b, c, type HealthState } from './healthParts.js';

/** What the software update points are in. */
export const POINT_STATES: readonly HealthState[] = [
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
    '1 of 3 software update points is in step; b.test has been silent since 2026-11-29 09:00; 1 more thing needs ' +
      'doing.',
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
      'ago: The server did not answer; 1 more thing needs doing.',
  ],
  [
    'never synchronized',
    { rows: [row(a, NEVER)], contentVersion: 0 },
    'Broken',
    'The software update point is not in step; a.test has never synchronized.',
  ],
  [
    'failed for three days',
    { rows: [row(a, { ...FAILED, ...since(3 * DAY) })] },
    'Broken',
    'The software update point is not in step; a.test failed at its last attempt and last succeeded 3 days ' +
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
    'one that joined and never came',
    { rows: [row(a), row(b, { ...NEVER, ...SILENT, LastReplicationLinkCheckTime: null })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has never been heard of.',
  ],
  [
    'a parent that was put back to an earlier time',
    { rows: [row(a), row(b, { SyncCatalogVersion: 9, LastSyncState: 6707 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has other content than the server that it follows.',
  ],
  [
    'a failure before any success, without a reason',
    { rows: [row(a), row(b, { ...NEVER, LastSyncState: 6703 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test failed at its last attempt and has never succeeded.',
  ],
  ['no software update point', { rows: [] }, 'Unknown', 'Site CS1 has no software update point.'],
];
