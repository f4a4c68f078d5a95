import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import { systemClock } from '../platform/Clock.js';
import { machineIdentity } from '../platform/machineIdentity.js';
import { runProgram } from '../platform/runProgram.js';
import { createSystemLog } from '../platform/systemLog.js';
import type { SystemLog } from '../platform/systemLog.js';
import type { EngineLock } from '../rpc/EngineLock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { endedCleanly, readHeartbeat, writeHeartbeat } from '../site/heartbeatFile.js';
import { crashEvent } from '../status/runEvent.js';
import { storePlaceOf } from '../store/StorePlace.js';
import { generationInDatabase } from '../store/highestGeneration.js';
import { Heartbeat } from './Heartbeat.js';
import type { EngineLog } from '../status/engineLog.js';

/** What the lifetime of an engine is made of. */
export interface LifetimeOptions {
  readonly site: SiteFolder;
  readonly lock: EngineLock;
  readonly isService: boolean;
  readonly log: EngineLog;
  /** The run under way, 0 for none. */
  readonly run: () => number;
  /** Where downstream servers are served, '' for nowhere. */
  readonly address: () => string;
}

/** The signs of life of an engine, and its voice to the system. */
export interface Lifetime {
  readonly heartbeat: Heartbeat;
  readonly systemLog: SystemLog;
  /** The last beat, once what the system was to be told is told. */
  end(state: 'Ended' | 'Restarting'): Promise<void>;
}

/** Reports the engine before this one where it left no mark of a clean end, then begins to beat. */
export function beginLifetime({ site, lock, isService, log, run, address }: LifetimeOptions): Lifetime {
  const systemLog = createSystemLog({ platform: process.platform, env: process.env, run: runProgram, log });
  // The site opens meanwhile.
  const reported = reportCrash(site, systemLog, log);
  const heartbeat = new Heartbeat({
    clock: systemClock,
    processId: process.pid,
    isService,
    machine: machineIdentity(),
    engine: randomBytes(8).toString('hex'),
    run,
    address,
    write: async (note) => writeHeartbeat(site, note),
    mayWrite: () => lock.verifyHighest() && !isSuperseded(site, lock.generation),
    log,
  });
  heartbeat.beat();
  return {
    heartbeat,
    systemLog,
    end: async (state) => {
      await reported;
      await heartbeat.end(state);
    },
  };
}

/** On another machine no socket tells, but the files of the other engine do. */
function isSuperseded(site: SiteFolder, generation: number): boolean {
  return generationInDatabase(site.files, storePlaceOf(site).database) > generation;
}

async function reportCrash(site: SiteFolder, systemLog: SystemLog, log: EngineLog): Promise<void> {
  const before = readHeartbeat(site.path);
  if (before === undefined || endedCleanly(before)) return;
  log(
    `The engine before this one (process ${before.processId}) did not end cleanly; its last heartbeat was ` +
      `at ${before.time}.`,
  );
  const event = crashEvent(site.siteCode, before, new Date(Date.now() - uptime() * 1000));
  if (event !== undefined) await systemLog.write(event);
}
