import { uptime } from 'node:os';
import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { removeAfterFailure } from '../platform/files/heldFiles.js';
import { machineIdentity } from '../platform/machineIdentity.js';
import type { MachineIdentity } from '../platform/machineIdentity.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf, SITE_FILES } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';
import { endedCleanly, MISSED_BEATS, readHeartbeat } from './heartbeatFile.js';
import type { HeartbeatRecord } from './heartbeatFile.js';

/** What the last beat in a site folder is judged by. */
export interface HeldQuestion {
  readonly record: HeartbeatRecord | undefined;
  /** Of the beat, in ms. */
  readonly ageMs: number;
  readonly own: MachineIdentity;
  /** How long this machine has been up. */
  readonly upMs: number;
}

/**
 * True where an engine of another machine or container has the site, which no socket tells. One that has missed three
 * beats has lost it: a beat is written every 30 seconds, whatever the engine is at work on. On one machine the sockets
 * decide, at once.
 */
export function isHeldElsewhere({ record, ageMs, own, upMs }: HeldQuestion): boolean {
  if (record?.machine === undefined || endedCleanly(record) || isSame(record.machine, own)) return false;
  // It was this machine, before it was started again.
  if (record.machine.host === own.host && record.machine.boot !== own.boot && ageMs > upMs) return false;
  return ageMs < MISSED_BEATS * record.intervalSeconds * 1000;
}

function isSame(a: MachineIdentity, b: MachineIdentity): boolean {
  return a.host === b.host && a.boot === b.boot && a.space === b.space;
}

/** @throws SyncError SiteHeldElsewhere where an engine of another machine or container has the site */
export function refuseHeldElsewhere(site: SiteFolder, own: MachineIdentity = machineIdentity()): void {
  const record = readHeartbeat(site.path);
  // Nearly always: nothing has to be looked at.
  if (record?.machine === undefined || isSame(record.machine, own)) return;
  const ageMs = ageOfBeat(site);
  if (!isHeldElsewhere({ record, ageMs, own, upMs: uptime() * 1000 })) return;
  throw new SyncError('SiteHeldElsewhere', {
    site: site.siteCode,
    host: record.machine.host,
    processId: record.processId,
    seconds: Math.max(0, Math.round(ageMs / 1000)),
    beat: `${record.engine ?? ''} ${record.time}`,
  });
}

/** By the clock of whoever keeps the folder, which is the same for both machines; theirs may differ. */
function ageOfBeat(site: SiteFolder): number {
  const files = filesOf(site);
  const beat = path.join(site.path, SITE_FILES.heartbeat);
  const look = `${beat}.${process.pid}.look`;
  const written = files.lstatSync(beat).mtimeMs;
  try {
    files.rmSync(look, { force: true });
    files.closeSync(files.openSync(look, 'wx', 0o600));
    return files.lstatSync(look).mtimeMs - written;
  } catch (caught) {
    if (systemErrorCode(caught) === '') throw caught;
    return Date.now() - written;
  } finally {
    removeAfterFailure(files, look);
  }
}
