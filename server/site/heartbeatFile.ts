import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { folderFiles } from '../platform/files/folderFiles.js';
import { readText } from '../platform/files/readText.js';
import type { MachineIdentity } from '../platform/machineIdentity.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf, SITE_FILES } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';

/** What `heartbeat.json` of a site folder holds: a monitor reads it without the engine. */
export interface HeartbeatRecord {
  readonly processId: number;
  /** Of this beat, ISO 8601 UTC. */
  readonly time: string;
  /** When the engine started, ISO 8601 UTC. */
  readonly started: string;
  /**
   * `Ended` and `Restarting` are the marks of a clean end; any other state without a living engine means that it was
   * killed.
   */
  readonly state: 'Idle' | 'Running' | 'Ended' | 'Restarting';
  /** The run under way, 0 for none. */
  readonly run: number;
  readonly intervalSeconds: number;
  /** True for the engine of a service. */
  readonly isService: boolean;
  /** Where it serves downstream servers, as a URL; '' where it does not. */
  readonly address: string;
  /** Where the engine works: others that reach the folder know by it that the site is in use elsewhere. */
  readonly machine?: MachineIdentity;
  /** A random name of the engine. */
  readonly engine?: string;
  /** The folder that it was written in: a copy of the site has another one. Absent in beats of version 0.1. */
  readonly folder?: string;
}

/** So many beats an engine may miss before it counts as hung or gone. */
export const MISSED_BEATS = 3;

/** Reads the last beat; undefined where there is none that can be read. */
export function readHeartbeat(sitePath: string): HeartbeatRecord | undefined {
  try {
    return JSON.parse(readText(folderFiles(sitePath), join(sitePath, SITE_FILES.heartbeat))) as HeartbeatRecord;
  } catch (caught) {
    if (caught instanceof SyntaxError || caught instanceof SyncError || systemErrorCode(caught) !== '')
      return undefined;
    throw caught;
  }
}

/** Replaces the beat as a whole. */
export async function writeHeartbeat(site: SiteFolder, record: HeartbeatRecord): Promise<void> {
  await replaceFile(join(site.path, SITE_FILES.heartbeat), `${JSON.stringify(record)}\n`, {
    files: filesOf(site),
    mode: site.operators.length > 0 ? 0o660 : 0o600,
    sync: false,
  });
}

/** True for an engine that said goodbye, or is known to come back at once. */
export function endedCleanly(record: HeartbeatRecord): boolean {
  return record.state === 'Ended' || record.state === 'Restarting';
}

/** True for a beat of this folder that was left without a goodbye; that of an original says nothing of a copy. */
export function leftNoMark(record: HeartbeatRecord, folder: string): boolean {
  return !endedCleanly(record) && (record.folder ?? folder) === folder;
}

/** The age of a beat in words: `42 seconds ago`. */
export function heartbeatText(record: HeartbeatRecord | undefined, now: Date): string {
  if (record === undefined) return 'never';
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(record.time)) / 1000));
  return `${seconds} seconds ago`;
}
