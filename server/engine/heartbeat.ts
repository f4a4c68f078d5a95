import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import { reasonOf } from '../errors/SyncError.js';
import { type Clock, systemClock } from '../platform/Clock.js';
import { machineIdentity, type MachineIdentity } from '../platform/machineIdentity.js';
import { runProgram } from '../platform/runProgram.js';
import { createSystemLog, type SystemLog } from '../platform/systemLog.js';
import type { EngineLock } from '../rpc/EngineLock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { type HeartbeatRecord, leftNoMark, readHeartbeat, writeHeartbeat } from '../site/heartbeatFile.js';
import type { EngineLog } from '../status/engineLog.js';
import { crashEvent } from '../status/runEvent.js';
import { storePlaceOf } from '../store/StorePlace.js';
import { generationInDatabase } from '../store/highestGeneration.js';

/** Seconds between two beats; a monitor counts three missed ones as hung. */
export const HEARTBEAT_SECONDS = 30;

/** What a heartbeat is made of. */
interface HeartbeatOptions {
  readonly clock: Clock;
  readonly processId: number;
  readonly isService: boolean;
  readonly machine: MachineIdentity;
  /** A random name of this engine. */
  readonly engine: string;
  /** Which folder is the site's. */
  readonly folder: string;
  /** The run under way, 0 for none. */
  readonly run: () => number;
  /** Where downstream servers are served, '' for nowhere. */
  readonly address: () => string;
  /** Writes the beat. */
  readonly write: (record: HeartbeatRecord) => Promise<void>;
  /** False once a newer engine has the site: its beat must stay. */
  readonly mayWrite: () => boolean;
  readonly log: (line: string) => void;
}

/** Writes every 30 seconds that the engine is alive, whatever it is at work on. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #started: Date;
  #last: Date | undefined;
  #cancel: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;
  #isOver = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#started = options.clock.now();
  }

  /** When the last beat was written; undefined before the first. */
  get last(): Date | undefined {
    return this.#last;
  }

  /**
   * Beats now, and every 30 seconds from now on; also called when a run begins or ends, so that a crash names the run.
   */
  beat(): void {
    if (this.#isOver) return;
    this.#cancel?.();
    this.#queue();
    this.#cancel = this.#options.clock.after(HEARTBEAT_SECONDS * 1000, () => this.beat());
  }

  /** The last beat: the mark of a clean end. */
  async end(state: 'Ended' | 'Restarting'): Promise<void> {
    this.#isOver = true;
    this.#cancel?.();
    this.#queue(state);
    await this.#writing;
  }

  #queue(state?: HeartbeatRecord['state']): void {
    this.#writing = this.#writing.then(async () => this.#write(state));
  }

  async #write(ending: HeartbeatRecord['state'] | undefined): Promise<void> {
    const { clock, processId, isService, machine, engine, folder, write, mayWrite, log } = this.#options;
    const time = clock.now();
    const run = this.#options.run();
    const state = ending ?? (run === 0 ? 'Idle' : 'Running');
    try {
      if (!mayWrite()) return;
      await write({
        processId,
        time: time.toISOString(),
        started: this.#started.toISOString(),
        state,
        run,
        intervalSeconds: HEARTBEAT_SECONDS,
        isService,
        address: this.#options.address(),
        machine,
        engine,
        folder,
      });
      this.#last = time;
      this.#isFailing = false;
    } catch (caught) {
      if (!this.#isFailing) log(`The heartbeat could not be written: ${reasonOf(caught)}.`);
      this.#isFailing = true;
    }
  }
}

/** What the lifetime of an engine is made of. */
interface LifetimeOptions {
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
export function startHeartbeat({ site, lock, isService, log, run, address }: LifetimeOptions): Lifetime {
  const systemLog = createSystemLog({ platform: process.platform, env: process.env, run: runProgram, log });
  // The site opens meanwhile.
  const reported = reportCrash(site, systemLog, log);
  const heartbeat = new Heartbeat({
    clock: systemClock,
    processId: process.pid,
    isService,
    machine: machineIdentity(),
    engine: randomBytes(8).toString('hex'),
    folder: folderName(site),
    run,
    address,
    write: async (record) => writeHeartbeat(site, record),
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

/** Another one for a copy; the number of the volume changes with versions of Node.js and with the order of mounts. */
function folderName({ identity }: SiteFolder): string {
  return String(identity.ino);
}

async function reportCrash(site: SiteFolder, systemLog: SystemLog, log: EngineLog): Promise<void> {
  const before = readHeartbeat(site.path);
  if (before === undefined || !leftNoMark(before, folderName(site))) return;
  log(
    `The engine before this one (process ${before.processId}) did not end cleanly; its last heartbeat was ` +
      `at ${before.time}.`,
  );
  const event = crashEvent(site.siteCode, before, new Date(Date.now() - uptime() * 1000));
  if (event !== undefined) await systemLog.write(event);
}
