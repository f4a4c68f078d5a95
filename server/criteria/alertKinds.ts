/** What a condition is, beside the facts that it is decided by. */
export interface AlertCondition {
  /** TypeID of its alerts: ours to number, the product's numbers are not documented. It never changes. */
  readonly typeId: number;
  /** What it concerns: one alert for the site, or one for each server or category that it is met for. */
  readonly about: 'Site' | 'Server' | 'Category';
  readonly title: string;
  /** 1 error, 2 warning, 3 informational: until an administrator says another. */
  readonly severity: number;
  /** What is compared with the limit; of a time it is how long the condition lasts. */
  readonly unit: 'Minutes' | 'Hours' | 'Days' | 'Percent' | 'Megabytes' | 'Synchronizations' | 'Updates' | 'None';
  readonly limit: number;
  /** Highest limit that makes sense. */
  readonly most: number;
  /** It is met from the limit on; `Below`: under the limit. */
  readonly isMet: 'Reached' | 'Below';
  readonly nextStep: string;
}

const DAYS = 3650;
const MINUTES = DAYS * 24 * 60;

/** Every condition that raises an alert. */
export const ALERT_KINDS = {
  SyncFailure: {
    typeId: 1,
    about: 'Site',
    title: 'Synchronization failure alert for software update point',
    severity: 1,
    unit: 'None',
    limit: 0,
    most: 0,
    isMet: 'Reached',
    nextStep: 'Look at the synchronizations with Get-CMSyncRun (configmgrsync runs).',
  },
  NoSuccess: {
    typeId: 2,
    about: 'Site',
    title: 'No successful synchronization',
    severity: 1,
    unit: 'Hours',
    limit: 24,
    most: DAYS * 24,
    isMet: 'Reached',
    nextStep: 'See why with Get-CMSyncHealth (configmgrsync health).',
  },
  RepeatedFailure: {
    typeId: 3,
    about: 'Site',
    title: 'The same failure again and again',
    severity: 1,
    unit: 'Synchronizations',
    limit: 3,
    most: 20,
    isMet: 'Reached',
    nextStep: 'See what Get-CMSyncRun (configmgrsync runs) says as the next step: waiting did not help.',
  },
  PointOutOfStep: {
    typeId: 4,
    about: 'Server',
    title: 'Software update point out of step',
    severity: 2,
    unit: 'Minutes',
    limit: 60,
    most: MINUTES,
    isMet: 'Reached',
    nextStep: 'See why with Get-CMSyncHealth (configmgrsync health), and look at its wsyncmgr.log.',
  },
  PointSilent: {
    typeId: 5,
    about: 'Server',
    title: 'Software update point silent',
    severity: 2,
    unit: 'Minutes',
    limit: 30,
    most: MINUTES,
    isMet: 'Reached',
    nextStep: 'See whether its server and its service run, and whether the network lets them reach each other.',
  },
  PointRevoked: {
    typeId: 6,
    about: 'Server',
    title: 'Software update point revoked',
    severity: 1,
    unit: 'Minutes',
    limit: 0,
    most: MINUTES,
    isMet: 'Reached',
    nextStep: 'If it is still needed, create it again with a new join token (New-CMSyncJoinToken).',
  },
  ScheduleUnkept: {
    typeId: 7,
    about: 'Site',
    title: 'Nobody keeps the schedule',
    severity: 2,
    unit: 'Minutes',
    limit: 60,
    most: MINUTES,
    isMet: 'Reached',
    nextStep: 'Install the service with Install-CMSyncService, or start it with Start-CMSyncService.',
  },
  CategoryVanished: {
    typeId: 8,
    about: 'Category',
    title: 'Selected category no longer offered',
    severity: 2,
    unit: 'Minutes',
    limit: 0,
    most: MINUTES,
    isMet: 'Reached',
    nextStep: 'Select what replaces it with Set-CMSoftwareUpdatePointComponent, or remove it from the selection.',
  },
  SourceShrank: {
    typeId: 9,
    about: 'Site',
    title: 'Source shrank',
    severity: 2,
    unit: 'Percent',
    limit: 20,
    most: 100,
    isMet: 'Reached',
    nextStep: 'See what left with Get-CMSyncChange (configmgrsync run changes), and look at the upstream server.',
  },
  SourceGrew: {
    typeId: 10,
    about: 'Site',
    title: 'Source grew',
    severity: 2,
    unit: 'Percent',
    limit: 50,
    most: 100_000,
    isMet: 'Reached',
    nextStep: 'See what came with Get-CMSyncChange (configmgrsync run changes), and look at what is selected.',
  },
  DiskNearlyFull: {
    typeId: 11,
    about: 'Site',
    title: 'Disk nearly full',
    severity: 1,
    unit: 'Megabytes',
    limit: 1024,
    most: 1_000_000_000,
    isMet: 'Below',
    nextStep: 'Free some space there: a synchronization that cannot write fails.',
  },
  DamageFound: {
    typeId: 12,
    about: 'Site',
    title: 'Damage found',
    severity: 1,
    unit: 'Minutes',
    limit: 0,
    most: MINUTES,
    isMet: 'Reached',
    nextStep:
      'See what is damaged with Test-CMSyncStore (configmgrsync check), then repair it with Repair-CMSyncStore.',
  },
  CertificateEnds: {
    typeId: 13,
    about: 'Site',
    title: 'Certificate ends',
    severity: 2,
    unit: 'Days',
    limit: 14,
    most: DAYS,
    isMet: 'Below',
    nextStep:
      'Start the engine again: that renews the certificate of the port. If the authority ends, join all nodes again.',
  },
  CriticalUpdates: {
    typeId: 14,
    about: 'Site',
    title: 'New updates of severity Critical',
    severity: 3,
    unit: 'Updates',
    limit: 1,
    most: 1_000_000,
    isMet: 'Reached',
    nextStep: 'See them with Get-CMSyncChange -ChangeType New (configmgrsync run changes), and deploy them.',
  },
} as const satisfies Record<string, AlertCondition>;

/** Name of a condition. */
export type AlertKind = keyof typeof ALERT_KINDS;

export const alertKinds = Object.keys(ALERT_KINDS) as AlertKind[];

/** A figure that hovers at its limit ends no alert until it is so much better. */
const SLACK = 0.1;

const SLACK_UNITS: ReadonlySet<AlertCondition['unit']> = new Set(['Megabytes']);

/** Whether a figure meets the condition; of an alert that is active it is met a little longer. */
export function isMet(
  kind: AlertKind,
  figure: { readonly value: number; readonly limit: number },
  isActive: boolean,
): boolean {
  const condition: AlertCondition = ALERT_KINDS[kind];
  const { value, limit } = figure;
  const slack = isActive && SLACK_UNITS.has(condition.unit) ? limit * SLACK : 0;
  return condition.isMet === 'Below' ? value < limit + slack : value >= Math.max(0, limit - slack);
}

const UNIT_LENGTH: Partial<Record<AlertCondition['unit'], number>> = {
  Minutes: 60_000,
  Hours: 3_600_000,
  Days: 86_400_000,
};

/** How many units of a condition so many ms are. */
export function unitsOf(kind: AlertKind, milliseconds: number): number {
  return milliseconds / (UNIT_LENGTH[ALERT_KINDS[kind].unit] ?? 1);
}
