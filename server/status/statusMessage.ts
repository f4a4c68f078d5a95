/** Ids of SMS_WSUS_SYNC_MANAGER (configmgr.md section 2.1). */
export const SYNC_STATE = {
  managerError: 6700,
  started: 6701,
  done: 6702,
  failed: 6703,
  synchronizingWsus: 6704,
  synchronizingSiteDatabase: 6705,
  synchronizingReplica: 6706,
  outOfSync: 6707,
  licenceTermsPending: 6708,
} as const;

/** States of a synchronization that is under way. */
const RUNNING: ReadonlySet<number> = new Set([
  SYNC_STATE.started,
  SYNC_STATE.synchronizingWsus,
  SYNC_STATE.synchronizingSiteDatabase,
  SYNC_STATE.synchronizingReplica,
]);

export function isRunningState(state: number): boolean {
  return RUNNING.has(state);
}

const NAMES: Readonly<Record<number, string>> = {
  0: 'Never synchronized',
  6700: 'WSUS Sync Manager Error',
  6701: 'WSUS Synchronization started',
  6702: 'WSUS Synchronization done',
  6703: 'WSUS Synchronization failed',
  6704: 'WSUS Synchronization in progress. Current phase: Synchronizing WSUS Server',
  6705: 'WSUS Synchronization in progress. Current phase: Synchronizing site database',
  6706: 'WSUS Synchronization in progress. Current phase: Synchronizing Internet facing WSUS Server',
  6707: 'Content of WSUS server is out of sync with upstream server',
  6708: 'WSUS synchronization complete, with pending license terms downloads',
};

/** The text of a LastSyncState. */
export function syncStateName(state: number): string {
  return NAMES[state] ?? `State ${state}`;
}

/** A status message of the sync manager. */
export interface StatusMessage {
  readonly messageId: number;
  readonly serverName: string;
  readonly siteCode: string;
  readonly processId: number;
  readonly time: Date;
  readonly insertions: readonly string[];
  /** Error code as unsigned number, 0 for none. */
  readonly lastError: number;
}

/** Severity letter: failures are errors, out of sync a warning. */
export function severityOf(messageId: number): 'E' | 'W' | 'I' {
  if (messageId === SYNC_STATE.failed || messageId === SYNC_STATE.managerError) return 'E';
  return messageId === SYNC_STATE.outOfSync ? 'W' : 'I';
}

/** The STATMSG line of the log (configmgr.md section 3.3). */
export function statusMessageLine(message: StatusMessage): string {
  const insertions = Array.from(
    { length: 10 },
    (_unused, index) => `ISTR${index}="${(message.insertions[index] ?? '').replaceAll('"', "'")}"`,
  ).join(' ');
  const lastError =
    message.lastError === 0 ? '' : ` LE=0X${message.lastError.toString(16).padStart(8, '0').toUpperCase()}`;
  return (
    `STATMSG: ID=${message.messageId} SEV=${severityOf(message.messageId)} LEV=M SOURCE="SMS Server" ` +
    `COMP="SMS_WSUS_SYNC_MANAGER" ` +
    `SYS=${message.serverName} SITE=${message.siteCode} PID=${message.processId} TID=${message.processId} ` +
    `GMTDATE=${gmtDate(message.time)} ${insertions} NUMATTRS=0${lastError}`
  );
}

/** `Thu Jan 16 18:53:52.608 2014`. */
function gmtDate(time: Date): string {
  const [weekday = '', day = '', month = '', year = '', clock = ''] = time.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${clock}.${String(time.getUTCMilliseconds()).padStart(3, '0')} ${year}`;
}
