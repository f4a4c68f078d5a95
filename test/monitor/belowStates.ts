import { HOUR, MINUTE } from '../../server/schedule/zone.js';
import { below, FAILED, type HealthState, NOW, row, SILENT, since, a, b, c } from './healthParts.js';

/** Version 6 since yesterday, version 7 for so long. */
const came = (milliseconds: number) => ({
  reached: [
    { version: 6, time: NOW - 24 * HOUR },
    { version: 7, time: NOW - milliseconds },
  ],
});
/** Follows yesterday's version for so long after it came. */
const after = (milliseconds: number) => ({ SyncCatalogVersion: 6, ...since(24 * HOUR - milliseconds) });
const DAMAGED = 'Segment 3 is missing.';
const UNSUBSCRIBED = 'No product is subscribed.';

/** What the sites below are in: how they follow, and what they say of themselves. */
export const BELOW_STATES: readonly HealthState[] = [
  [
    'one that follows in its usual time',
    { ...came(10 * MINUTE), rows: [row(a), row(b, { ...after(5 * MINUTE), LastSyncState: 6704 })] },
    'Well',
    '1 of 2 software update points is in step; b.test follows what came at 2026-11-29 11:50.',
  ],
  [
    'two that follow in their usual time',
    {
      ...came(10 * MINUTE),
      rows: [row(a), row(b, after(5 * MINUTE)), row(c, { ...after(HOUR), LastSyncState: 6707 })],
    },
    'Well',
    '1 of 3 software update points is in step; 2 follow what came at 2026-11-29 11:50.',
  ],
  [
    'one that takes two hours every night',
    { ...came(3 * HOUR), rows: [row(a), row(b, after(2 * HOUR))] },
    'Well',
    '1 of 2 software update points is in step; b.test follows what came at 2026-11-29 09:00.',
  ],
  [
    'one that takes much longer than usual',
    { ...came(3 * HOUR), rows: [row(a), row(b, after(5 * MINUTE))] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has been 1 version behind since 2026-11-29 09:00.',
  ],
  [
    'one that took a day the last time',
    { ...came(9 * HOUR), rows: [row(a), row(b, after(20 * HOUR))] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has been 1 version behind since 2026-11-29 03:00.',
  ],
  [
    'one that follows and one that failed',
    { ...came(10 * MINUTE), rows: [row(a), row(b, after(5 * MINUTE)), row(c, { ...after(5 * MINUTE), ...FAILED })] },
    'Degraded',
    '1 of 3 software update points is in step, 1 follows; c.test last succeeded 23 hours ago and failed at its ' +
      'last attempt: The server did not answer.',
  ],
  [
    'one that fell silent before it followed',
    { ...came(10 * MINUTE), rows: [row(a), row(b, { ...after(5 * MINUTE), ...SILENT })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has been silent since 2026-11-29 09:00.',
  ],
  [
    'a site below whose store is damaged, and a failure',
    { rows: [row(a), row(b), row(c, FAILED)], below: [below('PS1', DAMAGED, { isBroken: true })] },
    'Degraded',
    '2 of 3 software update points are in step; Site PS1: Segment 3 is missing; 1 more problem.',
  ],
  [
    'a site below without a service',
    { rows: [row(a), row(b)], below: [below('PS1', 'No service listens to the parent of site PS1: install one.')] },
    'Degraded',
    'Both software update points are in step; the last success of a.test was 2 hours ago, but: Site PS1: No service ' +
      'listens to the parent of site PS1: install one.',
  ],
  [
    'a warning that two sites below and a software update point give',
    {
      rows: [row(a), row(b), row(c)],
      below: [
        below('PS1', UNSUBSCRIBED),
        below('PS2', UNSUBSCRIBED),
        below('CS1', UNSUBSCRIBED, { role: 'SoftwareUpdatePoint', serverName: c }),
      ],
    },
    'Degraded',
    'All 3 software update points are in step; the last success of a.test was 2 hours ago, but: Site PS1, Site PS2 ' +
      'and 1 more: No product is subscribed.',
  ],
  [
    'a warning that the site above gives too',
    {
      rows: [row(a), row(b)],
      lastRun: { Warnings: [UNSUBSCRIBED], ErrorMessage: '' },
      below: [below('PS1', UNSUBSCRIBED)],
    },
    'Degraded',
    'Both software update points are in step; the last success of a.test was 2 hours ago, but: No product is ' +
      'subscribed.',
  ],
  [
    'what a site below had said before it fell silent',
    { rows: [row(a), row(b, SILENT)], below: [below('PS1', UNSUBSCRIBED, { isHeard: false })] },
    'Degraded',
    '1 of 2 software update points is in step; b.test has been silent since 2026-11-29 09:00; 1 more problem.',
  ],
];
