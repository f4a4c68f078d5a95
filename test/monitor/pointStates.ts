import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import {
  ago,
  RETRYING,
  NOT_JOINED,
  row,
  since,
  SILENT,
  FAILED,
  NEVER,
  a,
  b,
  c,
  type HealthState,
} from './healthParts.js';

/** What the software update points are in. */
export const POINT_STATES: readonly HealthState[] = [
  ['all is well', {}, 'Well', 'The software update point is in step; its last success was 2 hours ago.'],
  [
    'all is well with three',
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
    '1 of 2 software update points is in step; b.test last succeeded 2 hours ago and failed at its last attempt: ' +
      'The server did not answer.',
  ],
  [
    'two out of step of three',
    { rows: [row(a), row(b, SILENT), row(c, FAILED)] },
    'Degraded',
    '1 of 3 software update points is in step; b.test has been silent since 2026-11-29 09:00; 1 more problem.',
  ],
  [
    'the only one failed',
    { rows: [row(a, FAILED)] },
    'Degraded',
    'The software update point is not in step; a.test last succeeded 2 hours ago and failed at its last attempt: ' +
      'The server did not answer.',
  ],
  [
    'all failed',
    { rows: [row(a, FAILED), row(b, FAILED)] },
    'Degraded',
    '0 of 2 software update points are in step; a.test last succeeded 2 hours ago and failed at its last ' +
      'attempt: The server did not answer; 1 more problem.',
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
    'The software update point is not in step; a.test last succeeded 3 days ago and failed at its last attempt: ' +
      'The server did not answer.',
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
    'The software update point is in step; its last success was 2 hours ago; it synchronizes now.',
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
    '1 of 2 software update points is in step; b.test has never connected.',
  ],
  [
    'a parent that was put back to an earlier time',
    { rows: [row(a), row(b, { SyncCatalogVersion: 9, LastSyncState: 6707 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test does not have the same content as its upstream server.',
  ],
  [
    'a failure before any success, without a reason',
    { rows: [row(a), row(b, { ...NEVER, LastSyncState: 6703 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has never succeeded and failed at its last attempt.',
  ],
  [
    'later synchronizations under way',
    { rows: [row(a), row(b, { LastSyncState: 6704 }), row(c, { LastSyncState: 6701 })] },
    'Well',
    'All 3 software update points are in step; the last success of a.test was 2 hours ago; 2 synchronize now.',
  ],
  [
    'one of two that synchronizes',
    { rows: [row(a), row(b, { LastSyncState: 6706 })] },
    'Well',
    'Both software update points are in step; the last success of a.test was 2 hours ago; b.test synchronizes now.',
  ],
  [
    'a retry of what has failed for three days',
    { rows: [row(a, { ...RETRYING, ...since(3 * DAY) })] },
    'Broken',
    'The software update point is not in step; a.test last succeeded 3 days ago, synchronizes now, and failed at ' +
      'its last attempt: The server did not answer.',
  ],
  [
    'a retry of what has failed since an hour',
    { rows: [row(a, RETRYING), row(b)], failingSince: Date.parse(ago(HOUR)) },
    'Degraded',
    '1 of 2 software update points is in step; a.test last succeeded 2 hours ago, synchronizes now, and failed ' +
      'at its last attempt: The server did not answer.',
  ],
  [
    'a retry, in the row of an earlier version',
    {
      rows: [row(a, { ...RETRYING, LastSyncErrorMessage: null, ...since(3 * DAY) })],
      failingSince: Date.parse(ago(2 * DAY)),
      lastRun: { Warnings: [], ErrorMessage: 'The upstream is busy.' },
    },
    'Broken',
    'The software update point is not in step; a.test last succeeded 3 days ago, synchronizes now, and failed at ' +
      'its last attempt: The upstream is busy.',
  ],
  [
    'the second attempt of a first synchronization',
    { rows: [row(a, { ...NEVER, ...RETRYING })], contentVersion: 0 },
    'Broken',
    'The software update point is not in step; a.test has never succeeded, synchronizes now, and failed at its ' +
      'last attempt: The server did not answer.',
  ],
  [
    'one below that tries again',
    { rows: [row(a), row(b, { ...RETRYING, LastSyncState: 6706 })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test last succeeded 2 hours ago, synchronizes now, and failed ' +
      'at its last attempt: The server did not answer.',
  ],
  [
    'a synchronization without an end',
    { rows: [row(a, { LastSyncState: 6704, LastSyncStateTime: ago(25 * HOUR), ...since(2 * DAY) })] },
    'Broken',
    'The software update point is not in step; a.test has made no progress in its synchronization since ' +
      '2026-11-28 11:00; it last succeeded 2 days ago.',
  ],
  [
    'a first synchronization without an end, of one below',
    { rows: [row(a), row(b, { ...NEVER, LastSyncState: 6705, LastSyncStateTime: ago(25 * HOUR) })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has made no progress in its synchronization since ' +
      '2026-11-28 11:00; it has never succeeded.',
  ],
  [
    'one that died while it synchronized',
    { rows: [row(a, { ...SILENT, LastSyncState: 6704, LastSyncStateTime: ago(4 * HOUR) }), row(b)] },
    'Broken',
    '1 of 2 software update points is in step with a.test, which is not well itself; a.test has been silent since ' +
      '2026-11-29 09:00.',
  ],
  [
    'a failure of a long time ago with one that is well',
    { rows: [row(a, { ...FAILED, ...since(3 * DAY) }), row(b), row(c)] },
    'Broken',
    '2 of 3 software update points are in step with a.test, which is not well itself; a.test last succeeded 3 ' +
      'days ago and failed at its last attempt: The server did not answer.',
  ],
  [
    'a role of a server that has not joined, or was revoked',
    { rows: [row(a), row(b, { ...NEVER, ...NOT_JOINED })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test is not joined to site CS1, or was revoked: join it with ' +
      'New-CMSyncJoinToken -Role SoftwareUpdatePoint (configmgrsync site join-token), or remove the role with ' +
      'Remove-CMSoftwareUpdatePoint (configmgrsync sup remove).',
  ],
  [
    'a success that has not come yet',
    { rows: [row(a, since(-400 * DAY))] },
    'Degraded',
    'The software update point is not in step; a.test says that it succeeded at 2028-01-03 12:00, which is in ' +
      'the future: a clock is or was wrong, and the age of its content is unknown.',
  ],
  [
    'a clock that is a minute behind',
    { rows: [row(a, since(-MINUTE))] },
    'Well',
    'The software update point is in step; its last success was less than a minute ago.',
  ],
  [
    'an error of the manager itself',
    { rows: [row(a), row(b, { LastSyncState: 6700, LastSyncErrorMessage: 'It could not start.' })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test last succeeded 2 hours ago and failed at its last attempt: ' +
      'It could not start.',
  ],
  [
    'one that was stopped, and its next attempt',
    {
      rows: [
        row(a, { ...FAILED, LastSyncErrorId: 'Cancelled', LastSyncErrorMessage: 'It was stopped by an operator.' }),
        row(b, { ...RETRYING, LastSyncErrorId: 'Cancelled', LastSyncErrorMessage: 'It was stopped by an operator.' }),
      ],
    },
    'Degraded',
    '1 of 2 software update points is in step; a.test last succeeded 2 hours ago and was stopped at its last ' +
      'attempt: It was stopped by an operator.',
  ],
  [
    'one below that did not follow',
    { rows: [row(a), row(b, since(3 * DAY))] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has not synchronized for 3 days, although its upstream ' +
      'server has.',
  ],
  ['no software update point', { rows: [] }, 'Unknown', 'Site CS1 has no software update point.'],
];
