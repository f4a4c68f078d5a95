import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import {
  child,
  ago,
  NOW,
  row,
  FAILED,
  AWAITED,
  NO_PARENT,
  since,
  revoked,
  a,
  b,
  c,
  every,
  MONTHLY,
  UNSCHEDULED,
  NO_SOURCE,
  LOST,
  type HealthState,
} from './healthParts.js';

/** What the site is in: its schedule, its service, its place in the hierarchy, its store. */
export const SITE_STATES: readonly HealthState[] = [
  [
    'a daily one that did not come for two days',
    { rows: [row(a, since(3 * DAY))] },
    'Broken',
    'The software update point is not in step; a.test should have synchronized at 2026-11-27 02:00 by its schedule ' +
      'and ' +
      'did not; its last success was 3 days ago.',
  ],
  [
    'a daily one that nobody keeps, and did not come',
    { rows: [row(a, since(3 * DAY))], keeper: 'None' },
    'Broken',
    'The software update point is not in step; a.test should have synchronized at 2026-11-27 02:00 by its schedule ' +
      'and ' +
      'did not (no service is installed); its last success was 3 days ago; 1 more problem.',
  ],
  [
    'a child that lost its parent an hour ago and has failed for three days',
    {
      ...child({ lost: LOST }),
      failingSince: NOW - 3 * DAY,
      rows: [row(a, { ...NO_PARENT, ...FAILED, ...since(4 * DAY) })],
    },
    'Broken',
    'The software update point is not in step; a.test last succeeded 4 days ago and failed at its last attempt: ' +
      'The server did not answer; 1 more problem.',
  ],
  [
    'an hourly one that did not come twice',
    { rhythm: every({ HourSpan: 1 }), rows: [row(a, since(2 * HOUR + MINUTE))] },
    'Degraded',
    'The software update point is not in step; a.test should have synchronized at 2026-11-29 10:00 by its schedule ' +
      'and ' +
      'did not; its last success was 2 hours ago.',
  ],
  [
    'an hourly one that takes its time',
    { rhythm: every({ HourSpan: 1 }), rows: [row(a, { ...since(5 * HOUR), LastSyncState: 6705 })] },
    'Well',
    'The software update point is in step; its last success was 5 hours ago; it synchronizes now.',
  ],
  [
    'a monthly one after three weeks',
    { rhythm: MONTHLY, rows: [row(a, since(19 * DAY))] },
    'Well',
    'The software update point is in step; its last success was 19 days ago.',
  ],
  [
    'a monthly one that was missed, and what follows it',
    { rhythm: MONTHLY, rows: [row(a, since(40 * DAY)), row(b, since(40 * DAY))] },
    'Broken',
    '1 of 2 software update points is in step with a.test, which is not well itself; a.test should have ' +
      'synchronized at 2026-11-10 02:00 by its schedule and did not; its last success was 40 days ago.',
  ],
  [
    'a monthly one that fails for the first time',
    { rhythm: MONTHLY, now: Date.UTC(2026, 10, 10, 3), rows: [row(a, { ...FAILED, ...since(47 * DAY) })] },
    'Degraded',
    'The software update point is not in step; a.test last succeeded 27 days ago and failed at its last attempt: ' +
      'The server did not answer.',
  ],
  [
    'a schedule that was set only now',
    { rhythm: { ...every({ DaySpan: 1 }), scheduledSince: NOW - HOUR }, rows: [row(a, since(30 * DAY))] },
    'Well',
    'The software update point is in step; its last success was 30 days ago; its schedule was set since then, ' +
      'and the next synchronization is at 2026-11-29 13:00.',
  ],
  [
    'no schedule for eight days',
    { rhythm: UNSCHEDULED, next: { time: undefined, reason: 'no schedule' }, rows: [row(a, since(8 * DAY))] },
    'Degraded',
    'The software update point is not in step; a.test has not synchronized for 8 days, and no schedule starts it; ' +
      '1 more problem.',
  ],
  [
    'a disconnected site with a service',
    NO_SOURCE,
    'Well',
    'The software update point is in step; its last success was 2 hours ago; it has no source and imports packages.',
  ],
  [
    'a disconnected site that nobody carries packages to',
    { ...NO_SOURCE, broughtAt: NOW - 36 * DAY, rows: [row(a, since(36 * DAY))] },
    'Degraded',
    'The software update point is not in step; a.test has no source and has imported nothing for 36 days.',
  ],
  [
    'one that evaluated yesterday what it imported long ago',
    { ...NO_SOURCE, broughtAt: NOW - 36 * DAY, rows: [row(a, since(DAY)), row(b, since(DAY))] },
    'Degraded',
    '1 of 2 software update points is in step; a.test has no source and has imported nothing for 36 days.',
  ],
  [
    'one that never imported anything',
    { ...NO_SOURCE, broughtAt: undefined },
    'Degraded',
    'The software update point is not in step; a.test has no source and has never imported anything.',
  ],
  [
    'those below right after the start of the site above',
    { rows: [row(a), row(b, AWAITED), row(c, AWAITED)], hasNodes: true },
    'Well',
    'All 3 software update points are in step; the last success of a.test was 2 hours ago; 2 have not reconnected ' +
      'since the site above started.',
  ],
  [
    'a parent of others without a service',
    { keeper: 'None', next: { time: undefined, reason: 'no schedule' }, rhythm: UNSCHEDULED, hasNodes: true },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service serves those below ' +
      'of site CS1: install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a schedule nobody keeps',
    { keeper: 'None' },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service keeps the schedule ' +
      'of site CS1: install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a service that does not run',
    { keeper: 'Stopped' },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: The service of site CS1 does ' +
      'not run: start it with Start-CMSyncService (configmgrsync service start).',
  ],
  [
    'no schedule and no service',
    { rhythm: UNSCHEDULED, keeper: 'None', next: { time: undefined, reason: 'no schedule' } },
    'Well',
    'The software update point is in step; its last success was 2 hours ago; it does not synchronize automatically: ' +
      'no schedule.',
  ],
  [
    'a service without a schedule',
    { rhythm: UNSCHEDULED, next: { time: undefined, reason: 'no schedule' } },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: Site CS1 does not synchronize ' +
      'automatically: no schedule.',
  ],
  [
    'a child without a service',
    { ...child(), keeper: 'None' },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service listens to the ' +
      'parent of site CS1: install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a child with one, whose parent synchronizes monthly',
    { ...child(), rows: [row(a, since(31 * DAY))] },
    'Well',
    'The software update point is in step; its last success was 31 days ago; its parent site PAR has asked for ' +
      'nothing since.',
  ],
  [
    'a child that is asked after a month',
    { ...child(), rows: [row(a, { ...since(31 * DAY), LastSyncState: 6704, LastSyncStateTime: ago(MINUTE) })] },
    'Well',
    'The software update point is in step; its last success was 31 days ago; it synchronizes now.',
  ],
  [
    'a child whose parent is out of reach',
    { ...child({ lost: LOST }), rows: [row(a, { ...NO_PARENT, ...since(20 * DAY) })] },
    'Degraded',
    'The software update point is not in step; Site CS1 has had no contact with its parent site PAR since ' +
      '2026-11-29 09:00: The parent site PAR cannot be reached. Look at its engine.',
  ],
  [
    'a child whose parent is out of reach for two days, with a further software update point',
    { ...child({ lost: { ...LOST, since: NOW - 2 * DAY } }), rows: [row(a, NO_PARENT), row(b)] },
    'Broken',
    '1 of 2 software update points is in step with a.test, which is not well itself; Site CS1 has had no contact ' +
      'with its parent site PAR since 2026-11-27 12:00: The parent site PAR cannot be reached. Look at its engine.',
  ],
  [
    'a child that fails since half an hour after a month',
    { ...child(), failingSince: NOW - 30 * MINUTE, rows: [row(a, { ...FAILED, ...since(31 * DAY) })] },
    'Degraded',
    'The software update point is not in step; a.test last succeeded 31 days ago and failed at its last attempt: ' +
      'The server did not answer.',
  ],
  [
    'revoked',
    { ...child({ revoked: 'told', lost: LOST }), rows: [revoked(a), revoked(b)], contentVersion: 7 },
    'Broken',
    '0 of 2 software update points are in step; Site CS1 was revoked by its parent site PAR and has had no ' +
      'contact with it since 2026-11-29 09:00: if you still need it, create it again with a new join token.',
  ],
  [
    'revoked, as an earlier version has stored it',
    { ...child({ revoked: 'told' }), rows: [revoked(a)] },
    'Broken',
    'The software update point is not in step; Site CS1 was revoked by its parent site PAR: if you still need it, ' +
      'create it again with a new join token.',
  ],
  [
    'a further software update point that was revoked',
    { ...child({ siteCode: 'CS1', revoked: 'told', lost: LOST }), rows: [revoked(b)] },
    'Broken',
    'The software update point is not in step; The software update point b.test was revoked by its site CS1 and has ' +
      'had no contact with it since 2026-11-29 09:00: if you still need it, create it again with a new join token.',
  ],
  [
    'a further software update point that does not reach its site',
    { ...child({ siteCode: 'CS1', lost: LOST }), rows: [row(b, NO_PARENT)] },
    'Degraded',
    'The software update point is not in step; The software update point b.test has had no contact with its site ' +
      'CS1 since 2026-11-29 09:00: The parent site PAR cannot be reached. Look at its engine.',
  ],
  [
    'a further software update point without a service',
    { ...child({ siteCode: 'CS1' }), keeper: 'None', rows: [row(b)] },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No service listens to the site of ' +
      'this software update point: install one with Install-CMSyncService (configmgrsync service install).',
  ],
  [
    'a further software update point that is not asked for a month',
    { ...child({ siteCode: 'CS1' }), rows: [row(b, since(31 * DAY))] },
    'Well',
    'The software update point is in step; its last success was 31 days ago; its site CS1 has asked for nothing since.',
  ],
  [
    'a warning of the last run',
    { lastRun: { Warnings: ['No product is subscribed.'], ErrorMessage: '' } },
    'Degraded',
    'The software update point is in step; its last success was 2 hours ago, but: No product is subscribed.',
  ],
  [
    'damage',
    { damage: ['Segment 3 is missing.'], keeper: 'None' },
    'Broken',
    'The software update point is in step; its last success was 2 hours ago, but: Segment 3 is missing; 1 more ' +
      'problem.',
  ],
  [
    'damage and a failure: what makes it broken comes first',
    { damage: ['Segment 3 is missing.'], rows: [row(a), row(b, FAILED)] },
    'Broken',
    '1 of 2 software update points is in step; Segment 3 is missing; 1 more problem.',
  ],
];
