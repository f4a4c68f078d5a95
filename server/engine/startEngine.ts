import path from 'node:path';
import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import type { Listener } from '../downstream/port/PortOptions.js';
import { loadValidator } from '../contract/checked.js';
import { listenUrl } from '../downstream/port/listen.js';
import { systemClock } from '../platform/Clock.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import { RESTART_EXIT_CODE } from '../platform/service/ServicePlan.js';
import { isAdministrator } from '../platform/accounts/accounts.js';
import { becomeAccount } from '../platform/accounts/becomeAccount.js';
import { forgetSecrets } from '../platform/secretVariables.js';
import { compareVersions, packageVersion } from '../platform/packageFolder.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import { EngineLock } from '../rpc/EngineLock.js';
import { takesUnsealed } from '../rpc/SealedChannel.js';
import { acquireEngineLock } from '../rpc/acquireEngineLock.js';
import type { LockResult } from '../rpc/acquireEngineLock.js';
import { createEngineHost, type EngineHost, YIELDING } from './createEngineHost.js';
import { writeEngineRecord } from '../rpc/enginePlace.js';
import { startFailureLine } from '../rpc/errors.js';
import { takeOverSite } from './takeOverSite.js';
import { startRefusal } from '../service/startRefusal.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { completeSharing } from '../site/completeSharing.js';
import { openSite } from '../site/openSite.js';
import { finishMove, hasCopy, withItsDatabase } from '../site/moveRecord.js';
import { finishRestore } from '../site/restoreRecord.js';
import { verifySiteFolder } from '../site/siteTrust.js';
import { storePlaceOf } from '../store/StorePlace.js';
import { generationInDatabase, highestGeneration } from '../store/highestGeneration.js';
import { Shutdown } from './shutdown.js';
import { KeepAlive } from './KeepAlive.js';
import { type Lifetime, startHeartbeat } from './heartbeat.js';
import { createEngineLog, type EngineLog, type EngineLogFile, writeEngineText } from '../status/engineLog.js';
import { openEngine, type OpenEngineOptions } from './openEngine.js';
import type { RunningEngine } from './RunningEngine.js';

/** What the verbs `engine` and `serve` give. */
export interface StartEngineOptions {
  readonly sitePath: string;
  /** Seconds without relay, run and listener after which the engine ends; infinite for a service. */
  readonly idleSeconds: number;
  /** True for `serve`: the engine is kept for good, takes the site over, and its errors are thrown. */
  readonly isService?: boolean;
  /** True where nobody reads the engine's standard error: it writes engine.log itself. */
  readonly ownsLog?: boolean;
  /** Where a service serves downstream servers; nowhere if not given. */
  readonly listen?: ListenPlan;
  /**
   * True where a service may run the after-sync command; an engine that is not a service may, its account is that of
   * who started it.
   */
  readonly allowsAfterSyncCommand?: boolean;
  /** Aborted when a service is asked to end while it waits for the site. */
  readonly signal?: AbortSignal;
}

const FAILED = 1;
/** Whoever started the engine has an answer by then. What is loaded later would hold up other requests. */
const LOAD_AFTER_MS = 1000;

/** What is open, as far as the engine has come. */
interface Opened {
  engine?: RunningEngine;
  listener?: Listener;
}

/** What opening a site works with. */
interface Opening {
  readonly keepAlive: KeepAlive;
  readonly end: Shutdown;
  readonly lifetime: Lifetime;
  readonly opened: Opened;
}

interface Parts {
  readonly site: SiteFolder;
  readonly lock: EngineLock;
  readonly options: StartEngineOptions;
  readonly log: EngineLog;
}

/**
 * Is the engine of a site until it has been idle, is stopped, or yields to a newer module. Its standard error goes to
 * engine.log; the last lines there say why it did not start.
 * @returns the exit code of the process
 */
export async function startEngine(options: StartEngineOptions): Promise<number> {
  // Not for the programs that it starts.
  forgetSecrets(process.env);
  let log = createEngineLog();
  let file: EngineLogFile | undefined;
  try {
    const site = await openAsItsAccount(options.sitePath);
    completeSharing(site);
    // Files, folders and the socket are for the operators' group where there is one, else for this account alone.
    process.umask(site.operators.length > 0 ? 0o007 : 0o077);
    if (options.isService === true || options.ownsLog === true) {
      file = { files: site.files, path: path.join(site.path, SITE_FILES.logs, 'engine.log'), mode: 0o660 };
      log = createEngineLog(file);
    }
    const lock = await takeSite(site, options, log);
    if (lock instanceof EngineLock) {
      for (const remark of lock.remarks) log(remark);
      return await runEngine({ site, lock, options, log });
    }
    log(lock.remark === undefined ? `Another engine has the site: ${lock.ownedBy}` : `Not started: ${lock.remark}.`);
    return 0;
  } catch (error) {
    const known = toSyncError(error, 'the start of the engine');
    log(known.message);
    if (options.isService === true) throw known;
    writeEngineText(`${startFailureLine(known)}\n`, file);
    return FAILED;
  }
}

/**
 * Opens a site, as root under the account that its folder belongs to: from then on this process has no other rights.
 * @throws SyncError ServiceNotRunning, SiteAccountNeeded
 */
async function openAsItsAccount(sitePath: string): Promise<SiteFolder> {
  const site = await openSite(sitePath);
  // Since a relay looked, another folder may stand there; from here on the opened one is meant.
  await verifySiteFolder(site, realEngineDeps());
  // Before the account changes: where a service is installed, root starts no engine beside it.
  const refusal = await startRefusal(site, { now: () => new Date(), ownAccountId: realEngineDeps().ownAccountId });
  if (refusal !== undefined) throw refusal.error;
  if (site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: site.siteCode });
  if (site.use.as === 'self') return site;
  becomeAccount(site.use.account);
  return openSite(sitePath);
}

async function takeSite(site: SiteFolder, options: StartEngineOptions, log: EngineLog): Promise<LockResult> {
  const deps = realEngineDeps();
  const generationsOnDisk = async (): Promise<number> =>
    Promise.resolve(highestGeneration(site.files, storePlaceOf(site)));
  if (options.isService !== true) return acquireEngineLock(site, generationsOnDisk);
  return takeOverSite(site, { deps, log, generationsOnDisk, signal: options.signal ?? new AbortController().signal });
}

async function runEngine(parts: Parts): Promise<number> {
  const { site, lock, options, log } = parts;
  const isService = options.isService === true;
  const opening = beginLife(parts);
  const engine = await openOrRelease(parts, opening);
  const host = await hostOf(parts, engine);
  opening.keepAlive.host = host;
  await writeEngineRecord(site, lock.record);
  log(
    `Engine of site ${site.siteCode} started (process ${process.pid}, ` +
      `generation ${lock.generation}${isService ? ', as a service' : ''}).`,
  );
  // Where it fails, the first message that needs it says so.
  const cancelLoading = systemClock.after(LOAD_AFTER_MS, () => void loadValidator().catch(() => undefined));
  opening.end.onRequest(async (reason) => endEngine(engine, host, reason));
  if (isService) await engine.resume();
  engine.resumeMaintenance();
  const reason = await host.ended;
  cancelLoading();
  const isReplaced = isService && reason.startsWith(YIELDING);
  await closeAll(parts, opening, isReplaced ? 'Restarting' : 'Ended');
  log(`Engine ended: ${reason}.`);
  return isReplaced ? RESTART_EXIT_CODE : 0;
}

/** The heartbeat, and the signals that end the engine: both before the site is opened. */
function beginLife({ site, lock, options, log }: Parts): Opening {
  const isService = options.isService === true;
  const opened: Opened = {};
  const lifetime = startHeartbeat({
    site,
    lock,
    isService,
    log,
    run: () => opened.engine?.currentRun() ?? 0,
    address: () => (opened.listener === undefined ? '' : listenUrl(opened.listener.address)),
  });
  const end = new Shutdown({ log, clock: systemClock, exit: (code) => process.exit(code) });
  end.listen(isService);
  return { keepAlive: new KeepAlive(), end, lifetime, opened };
}

async function hostOf({ site, lock, options, log }: Parts, { service }: RunningEngine): Promise<EngineHost> {
  const isService = options.isService === true;
  const version = packageVersion();
  return createEngineHost({
    site,
    takesUnsealed: takesUnsealed(process.platform, isService || (await isElevated())),
    service,
    lock,
    clock: systemClock,
    idleSeconds: options.idleSeconds,
    log,
    version,
    // A service yields only to a module that replaced its own: started again it is that one.
    yieldsTo: (theirs) =>
      compareVersions(version, theirs) < 0 && (!isService || compareVersions(version, packageVersion()) < 0),
    verifyCurrent: () => refuseWhenSuperseded(site, lock.generation),
  });
}

async function closeAll({ lock }: Parts, { opened, lifetime }: Opening, state: 'Ended' | 'Restarting'): Promise<void> {
  await opened.listener?.close();
  delete opened.listener;
  await opened.engine?.close();
  await lifetime.end(state);
  await lock.release();
}

async function isElevated(): Promise<boolean> {
  return process.platform === 'win32' && isAdministrator({ ...realEngineDeps(), userId: undefined });
}

/** The run first: whoever waits for it is told how it ended. */
async function endEngine(engine: RunningEngine, host: EngineHost, reason: string): Promise<void> {
  await engine.endRun();
  await host.stop(reason);
}

async function openOrRelease(parts: Parts, opening: Opening): Promise<RunningEngine> {
  const { site, options, log } = parts;
  const { opened, lifetime } = opening;
  try {
    if (await finishRestore(site)) log('An interrupted restore of the site was completed.');
    if (await finishMove(site)) log('An interrupted move of the site to another database was completed.');
    if (hasCopy(site)) log(COPY_LEFT);
    const engine = (opened.engine = await openEngine(engineOptions(parts, opening)));
    if (options.listen !== undefined) {
      opened.listener = await engine.serve(options.listen);
      log(`Serves downstream servers on ${listenUrl(opened.listener.address)}.`);
      lifetime.heartbeat.beat();
    }
    return engine;
  } catch (error) {
    log(`The site could not be opened: ${reasonOf(error)}.`);
    await closeAll(parts, opening, 'Ended');
    throw error;
  }
}

function engineOptions({ site, lock, options, log }: Parts, { keepAlive, end, lifetime }: Opening): OpenEngineOptions {
  const isService = options.isService === true;
  return {
    site: withItsDatabase(site),
    generation: lock.generation,
    isService,
    refusesAfterSyncCommand: isService && options.allowsAfterSyncCommand !== true,
    verifyHighest: () => {
      if (!lock.verifyHighest())
        throw new SyncError('StoreSuperseded', { site: site.siteCode, generation: lock.generation });
    },
    systemLog: lifetime.systemLog,
    log,
    onBusy: () => keepAlive.take(),
    onRun: () => lifetime.heartbeat.beat(),
    onIdle: () => {
      keepAlive.release();
      lifetime.heartbeat.beat();
    },
    stop: () => end.request('it was asked to'),
    lastHeartbeat: () => lifetime.heartbeat.last,
    handOver: (successor) => !isService && keepAlive.yieldTo(successor),
  };
}

const COPY_LEFT =
  'A move of the site to another database was interrupted, and its copy is kept. Move the site again, or remove the ' +
  'copy with Remove-CMSyncOldDatabase (configmgrsync site move --drop-old).';

/** An engine that was paused while another took over knows it by the other's files. */
function refuseWhenSuperseded(site: SiteFolder, generation: number): void {
  const highest = generationInDatabase(site.files, storePlaceOf(site).database);
  if (highest > generation) throw new SyncError('StoreSuperseded', { site: site.siteCode, generation: highest });
}
