import path from 'node:path';
import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import { packageVersion } from '../platform/packageFolder.js';
import { acquireEngineLock } from '../rpc/acquireEngineLock.js';
import { createEngineHost, type EngineHost } from '../rpc/createEngineHost.js';
import { EngineLock } from '../rpc/EngineLock.js';
import { writeEngineNote } from '../rpc/enginePlace.js';
import { openSite } from '../site/openSite.js';
import { siteFiles, type SiteFolder } from '../site/SiteFolder.js';
import { highestGeneration } from '../store/embedded/findJournals.js';
import { realFiles } from '../store/StoreFiles.js';
import { openEngine, type OpenEngine } from './openEngine.js';

/** What the verb `engine` gives. */
export interface StartEngineOptions {
  readonly sitePath: string;
  /** Seconds without relay, run and listener after which the engine ends. */
  readonly idleSeconds: number;
}

const FAILED = 1;

/**
 * Is the engine of a site until it has been idle, is stopped, or yields to a newer module. Its standard error goes to
 * engine.log; the last line there says why it did not start.
 * @returns the exit code of the process
 */
export async function startEngine(options: StartEngineOptions): Promise<number> {
  try {
    const site = await openSite(options.sitePath);
    // Files, folders and the socket are for the operators' group where there is one, else for this account alone.
    process.umask(site.operators.length > 0 ? 0o007 : 0o077);
    const lock = await acquireEngineLock(site, async () => Promise.resolve(highestGeneration(realFiles, path.join(site.path, siteFiles.database))));
    if (lock instanceof EngineLock) await runEngine(site, lock, options.idleSeconds);
    else log(`Another engine has the site: ${lock.ownedBy}`);
    return 0;
  } catch (error) {
    log(toSyncError(error, 'the start of the engine').message);
    return FAILED;
  }
}

async function runEngine(site: SiteFolder, lock: EngineLock, idleSeconds: number): Promise<void> {
  const hold = new HostHold();
  const engine = await openOrRelease(site, lock, hold);
  const host = createEngineHost({ site, service: engine.service, lock, clock: systemClock, idleSeconds, log, version: packageVersion() });
  hold.host = host;
  await writeEngineNote(site, { processId: process.pid, address: lock.address, generation: lock.generation });
  log(`Engine of site ${site.siteCode} started (process ${process.pid}, generation ${lock.generation}).`);
  endOnSignals(host);
  const reason = await host.ended;
  await engine.close();
  await lock.release();
  log(`Engine ended: ${reason}.`);
}

async function openOrRelease(site: SiteFolder, lock: EngineLock, hold: HostHold): Promise<OpenEngine> {
  const verifyHighest = (): void => {
    if (!lock.verifyHighest()) throw new SyncError('StoreSuperseded', { site: site.siteCode, generation: lock.generation });
  };
  try {
    return await openEngine({
      site, generation: lock.generation, verifyHighest, onBusy: () => hold.take(), onIdle: () => hold.release(), stop: () => void hold.host?.stop('it was asked to'),
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Keeps the host alive while runs and what follows them are under way. */
class HostHold {
  #host: EngineHost | undefined;
  #releases: ((() => void) | undefined)[] = [];

  get host(): EngineHost | undefined {
    return this.#host;
  }

  /** Something may be under way before the host is there. */
  set host(host: EngineHost | undefined) {
    this.#host = host;
    this.#releases = this.#releases.map((release) => release ?? host?.keepAlive());
  }

  take(): void {
    this.#releases.push(this.#host?.keepAlive());
  }

  release(): void {
    this.#releases.pop()?.();
  }
}

/** A stop request of the system ends the engine cleanly; a hang-up of some terminal is not meant for it. */
function endOnSignals(host: EngineHost): void {
  process.on('SIGHUP', () => undefined);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void host.stop('it was asked to end'));
  process.on('unhandledRejection', (error) => log(`A failure was not handled: ${reasonOf(error)}`));
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
