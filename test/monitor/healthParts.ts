import { EMPTY_OUTBOX } from '../../server/state/outboxFacts.js';
import type { LinkFinding, SUPSyncStatus } from '../../server/contract/generated/types.js';
import type { HealthFacts } from '../../server/monitor/HealthFacts.js';
import { HOUR, MINUTE, UTC } from '../../server/schedule/zone.js';
import { token } from '../schedule/tokens.js';

export const NOW = Date.UTC(2026, 10, 29, 12);
export const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();

export const row = (WSUSServerName: string, over: Partial<SUPSyncStatus> = {}): SUPSyncStatus => ({
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
export const SILENT: Partial<SUPSyncStatus> = {
  ReplicationLinkStatus: 2,
  ReplicationLinkStatusName: 'Error',
  LastReplicationLinkCheckTime: ago(3 * HOUR),
};
export const FAILED: Partial<SUPSyncStatus> = {
  LastSyncState: 6703,
  LastSyncStateTime: ago(HOUR),
  LastSyncErrorMessage: 'The server did not answer.',
};
export const NEVER: Partial<SUPSyncStatus> = {
  LastSyncState: 0,
  LastSyncStateTime: null,
  LastSuccessfulSyncTime: null,
  SyncCatalogVersion: 0,
};
export const AWAITED: Partial<SUPSyncStatus> = { ReplicationLinkStatus: 1, ReplicationLinkStatusName: 'Degraded' };
export const NO_PARENT: Partial<SUPSyncStatus> = {
  ReplicationLinkStatus: 2,
  ReplicationLinkStatusName: 'NoParent',
  LastReplicationLinkCheckTime: ago(3 * HOUR),
};
export const since = (success: number): Partial<SUPSyncStatus> => ({ LastSuccessfulSyncTime: ago(success) });
export const RETRYING: Partial<SUPSyncStatus> = {
  LastSyncState: 6704,
  LastSyncStateTime: ago(MINUTE),
  LastSyncErrorMessage: 'The server did not answer.',
};
export const NOT_JOINED: Partial<SUPSyncStatus> = { ReplicationLinkStatus: 2, ReplicationLinkStatusName: 'NotJoined' };
export const revoked = (name: string): SUPSyncStatus => row(name, { ...SILENT, ReplicationLinkStatusName: 'Revoked' });
export const [a, b, c] = ['a.test', 'b.test', 'c.test'] as const;

export const every = (span: Record<string, number>): HealthFacts['rhythm'] => ({
  tokens: [token('SMS_ST_RecurInterval', '2026-01-01T02:00', span)],
  zone: UTC,
  scheduledSince: 0,
  hasSource: true,
});
const SECOND_TUESDAY = token('SMS_ST_RecurMonthlyByWeekday', '2026-01-01T02:00', {
  Day: 3,
  WeekOrder: 2,
  ForNumberOfMonths: 1,
});
export const MONTHLY = { ...every({ DaySpan: 1 }), tokens: [SECOND_TUESDAY] };
export const UNSCHEDULED = { ...every({ DaySpan: 1 }), tokens: [] };
const BELOW = { ...UNSCHEDULED, parent: 'PAR' };
export const NO_SOURCE: Partial<HealthFacts> = {
  rhythm: { ...UNSCHEDULED, hasSource: false },
  next: { time: undefined, reason: 'no synchronization source' },
  broughtAt: NOW - 2 * HOUR,
};
export const child = (parent: Partial<NonNullable<HealthFacts['parent']>> = {}): Partial<HealthFacts> => ({
  parent: { siteCode: 'PAR', lost: undefined, revoked: '', ...parent },
  rhythm: BELOW,
  next: { time: undefined, reason: 'on request of the parent site PAR' },
});
export const LOST = { since: NOW - 3 * HOUR, reason: 'The parent site PAR cannot be reached. Look at its engine.' };

export const below = (siteCode: string, text: string, over: Partial<LinkFinding> = {}): LinkFinding => ({
  siteCode,
  serverName: `${siteCode.toLowerCase()}.test`,
  role: 'Site',
  isBroken: false,
  isHeard: true,
  text,
  ...over,
});

/** What a hierarchy is in, and the whole sentence for it. */
export type HealthState = readonly [title: string, over: Partial<HealthFacts>, status: string, summary: string];

export const facts = (over: Partial<HealthFacts>): HealthFacts => ({
  now: NOW,
  zone: UTC,
  siteCode: 'CS1',
  rows: [row(a)],
  contentVersion: 7,
  reached: [],
  next: { time: NOW + HOUR, reason: 'schedule' },
  keeper: 'Service',
  rhythm: every({ DaySpan: 1 }),
  parent: undefined,
  hasNodes: false,
  failingSince: undefined,
  broughtAt: undefined,
  lastRun: { Warnings: [], ErrorMessage: '' },
  damage: [],
  outbox: EMPTY_OUTBOX,
  below: [],
  ...over,
});
